import type { Notice } from './mail.ts'
import type { E164 } from './phone.ts'

export const MESSAGE_CHANNELS = ['sms', 'whatsapp'] as const
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number]

export const MESSAGE_TEMPLATES = ['signup_code', 'login_code', 'recovery_code', 'reauthentication_code', 'phone_change_code'] as const
export type MessageTemplate = (typeof MESSAGE_TEMPLATES)[number]

/** A code to a telephone, as facts; wording is made where it is delivered. A closed union of codes: no free text gets in. */
export interface MessageRequest {
  readonly template: MessageTemplate
  readonly to: E164
  readonly code: string
  /** This channel alone; left out, the channels of the settings in their order. */
  readonly channel?: MessageChannel
  /** This channel first, the others of the settings when it does not reach the number. */
  readonly prefers?: MessageChannel
  /** BCP 47; left out, English. */
  readonly language?: string
}

/** What the owner of an account without an address is told about it. */
export interface NoticeMessage {
  readonly template: 'notice'
  readonly to: E164
  readonly notice: Notice
}

/** Everything that a telephone may be written. */
export type PhoneMessage = MessageRequest | NoticeMessage

/** A message as it goes out. */
export interface RenderedMessage {
  readonly to: E164
  readonly channel: MessageChannel
  readonly text: string
}
