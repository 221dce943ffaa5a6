import type { Notice } from '../../domain/mail.ts'
import type { MessageChannel, MessageTemplate } from '../../domain/message.ts'
import type { E164 } from '../../domain/phone.ts'
import type { Result } from '../../domain/result.ts'

export interface OutgoingMessage {
  readonly to: E164
  readonly channel: MessageChannel
  readonly template: MessageTemplate | Notice['template']
  /** Null in a notice, which is text alone. */
  readonly code: string | null
  /** The whole text, for channels that carry text. */
  readonly text: string
  /** BCP 47. */
  readonly language: string
  /** Milliseconds since 1970; it is worth nothing from then on. */
  readonly expiresAt: number
}

/**
 * - `temporary`: may heal by trying again
 * - `permanent`: will not heal by itself (credentials, account, template, an address that is refused); another sender may do better
 * - `rejected_number`: no sender of this channel will reach the number
 *
 * `reason` is a short line for operators: status and error codes, never the number, the code, the provider's own words or
 * a credential.
 */
export interface MessageFailure {
  readonly kind: 'temporary' | 'permanent' | 'rejected_number'
  readonly reason: string
}

export interface SendOptions {
  /** The id of the outbox row: the same at every attempt. */
  readonly messageId: string
  readonly timeoutMs: number
}

/** Hands one message to whatever carries it; success means that it was taken, not that it arrived. Never throws for what a network does. */
export interface MessageSender {
  /** As in the settings: `twilio`, `webhook` ... */
  readonly type: string
  readonly channels: readonly MessageChannel[]
  /** Its messages are templates with a place for a code, so that it carries no notice. */
  readonly takesCodesOnly?: true
  send(message: OutgoingMessage, options: SendOptions): Promise<Result<undefined, MessageFailure>>
}
