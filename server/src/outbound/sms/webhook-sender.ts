import type { MessageChannel } from '../../domain/message.ts'
import type { Clock } from '../../platform/clock.ts'
import type { GuardedFetch } from '../../platform/guarded-fetch.ts'
import { fail, succeed } from '../../domain/result.ts'
import { askProvider, isSuccess, kindOfStatus } from './ask-provider.ts'
import type { MessageSender } from './message-sender.ts'
import { signWebhook } from './sign-webhook.ts'

export interface WebhookReceiver {
  readonly url: string
  /** The one in use; while it is replaced, the earlier one too. */
  readonly signingSecrets: readonly string[]
  readonly channels: readonly MessageChannel[]
}

/** By this status a receiver says that the number cannot be reached (RFC 9110 section 15.5.21). */
const NUMBER_REJECTED_STATUS = 422

/** A receiver of the operator's own: JSON, signed. `id` is the same at every attempt, so that it can be recognised. */
export function createWebhookSender(receiver: WebhookReceiver, deps: { guardedFetch: GuardedFetch; clock: Clock }): MessageSender {
  return {
    type: 'webhook',
    channels: receiver.channels,
    async send(message, { messageId, timeoutMs }) {
      const body = JSON.stringify({
        id: messageId,
        to: message.to,
        channel: message.channel,
        template: message.template,
        ...(message.code === null ? {} : { code: message.code }),
        text: message.text,
        language: message.language,
        expires_at: new Date(message.expiresAt).toISOString(),
      })
      const asked = await askProvider(deps.guardedFetch, {
        url: receiver.url,
        headers: { 'content-type': 'application/json', 'gatepost-signature': signWebhook(body, receiver.signingSecrets, deps.clock.now()) },
        body,
        timeoutMs,
      })
      if (!asked.ok) return asked
      const { status } = asked.value
      if (isSuccess(status)) return succeed(undefined)
      return fail({ kind: status === NUMBER_REJECTED_STATUS ? 'rejected_number' : kindOfStatus(status), reason: `the webhook answered ${status}` })
    },
  }
}
