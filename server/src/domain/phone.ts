import type { Branded } from './ids.ts'

/** A telephone number in the form of ITU-T E.164: `+`, country calling code, subscriber number; at most 15 digits. */
export type E164 = Branded<'E164'>

/** What is compared and written to (`key`), what is shown (`display`), and whose number it is. */
export interface PhoneNumber {
  readonly key: E164
  readonly display: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
}

/** `premium_rate_phone`: a message to it costs extra, and somebody may earn that. */
export type PhoneFailure = 'invalid_phone' | 'premium_rate_phone'

/** `+41****67`: enough to recognise one's own number, too little to learn another's. */
export function maskPhone(number: E164): string {
  return `${number.slice(0, 3)}****${number.slice(-2)}`
}
