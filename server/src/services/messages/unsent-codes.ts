import type { MessagingSettings, SettingsDocument } from '../settings/index.ts'
import { carries } from './carries.ts'

/** What in the settings sends codes to telephones, by its place. */
const OFFERS: readonly { readonly place: string; readonly isMade: (document: SettingsDocument) => boolean }[] = [
  { place: 'signup.identifications (phone)', isMade: ({ signup }) => signup.identifications.includes('phone') },
  { place: 'login.identifications (phone)', isMade: ({ login }) => login.identifications.includes('phone') },
  { place: 'login.authentications (primary_oob_otp_sms)', isMade: ({ login }) => login.authentications.includes('primary_oob_otp_sms') },
  { place: 'second_factor.authentications (secondary_oob_otp_sms)', isMade: ({ second_factor: { mode, authentications } }) => mode !== 'off' && authentications.includes('secondary_oob_otp_sms') },
  { place: 'recovery.destinations (phone)', isMade: ({ recovery }) => recovery.destinations.includes('phone') },
]

/** A line for settings that offer what nobody would carry; undefined where nothing is offered, or somebody does. */
export function describeUnsentCodes(document: SettingsDocument): string | undefined {
  const offered = OFFERS.filter(({ isMade }) => isMade(document)).map(({ place }) => place)
  if (offered.length === 0 || isCarried(document.messaging)) return undefined
  return `no code reaches a telephone, which ${offered.join(', ')} ${offered.length === 1 ? 'needs' : 'need'}: declare messaging.senders for one of messaging.channels (docs/messaging.md)`
}

function isCarried({ channels, senders }: MessagingSettings): boolean {
  return channels.some((channel) => senders.some((sender) => carries(sender, channel)))
}
