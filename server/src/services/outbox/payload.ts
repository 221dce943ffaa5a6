import type { OutboxId } from '../../domain/ids.ts'
import type { LogoutNotice } from '../../domain/logout-notice.ts'
import type { MailRequest } from '../../domain/mail.ts'
import type { PhoneMessage } from '../../domain/message.ts'
import type { OutboxTable } from '../../persistence/schema.ts'
import type { Sealer } from '../../platform/sealing.ts'

/** What a row holds, sealed: a mail, a message to a telephone with the instant from which on it is worth nothing, or what a client is told of a sign-out. */
export type Payload =
  | { readonly kind: 'mail'; readonly request: MailRequest }
  | { readonly kind: 'message'; readonly request: PhoneMessage; readonly expiresAt: number }
  | { readonly kind: 'logout_token'; readonly request: LogoutNotice }

const SEALING_PURPOSE = 'outbox'

/** Undefined seals nothing, and costs the same. */
export function sealPayload(sealer: Sealer, id: OutboxId, payload: Payload | undefined): string {
  if (payload?.kind === 'message') return sealer.seal(SEALING_PURPOSE, JSON.stringify({ request: payload.request, expiresAt: payload.expiresAt }), id)
  return sealer.seal(SEALING_PURPOSE, payload ? JSON.stringify(payload.request) : '', id)
}

/** Undefined once it was emptied, or when its key is gone. */
export function openPayload(sealer: Sealer, row: Pick<OutboxTable, 'id' | 'kind' | 'payload_sealed'>): Payload | undefined {
  const text = row.payload_sealed === '' ? undefined : sealer.open(SEALING_PURPOSE, row.payload_sealed, row.id)
  if (text === undefined) return undefined
  if (row.kind === 'mail') return { kind: 'mail', request: JSON.parse(text) as MailRequest }
  if (row.kind === 'logout_token') return { kind: 'logout_token', request: JSON.parse(text) as LogoutNotice }
  const { request, expiresAt } = JSON.parse(text) as { request: PhoneMessage; expiresAt: number }
  return { kind: 'message', request, expiresAt }
}
