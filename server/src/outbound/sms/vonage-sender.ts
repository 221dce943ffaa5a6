import type { Clock } from '../../platform/clock.ts'
import type { GuardedFetch } from '../../platform/guarded-fetch.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { ProviderAnswer } from './ask-provider.ts'
import { askProvider, isSuccess, kindOfStatus } from './ask-provider.ts'
import type { MessageFailure, MessageSender } from './message-sender.ts'

export interface VonageAccount {
  readonly baseUrl: string
  readonly apiKey: string
  readonly apiSecret: string
  readonly from: string
}

/** Throttled (1), internal error (5), too many existing binds (10): https://developer.vonage.com/messaging/sms/guides/troubleshooting-sms */
const TEMPORARY = new Set(['1', '5', '10'])
/** Unrecognised number prefix (6), number barred (7), number de-activated (33). */
const REJECTED_NUMBER = new Set(['6', '7', '33'])
/** What `ttl` takes, in milliseconds. */
const MIN_TTL_MS = 20_000
/** The basic character set of an SMS (3GPP TS 23.038) as far as ASCII goes; anything else wants `type=unicode`. */
const PLAIN = /^[\n\r !"#$%&'()*+,\-./0-9:;<=>?@A-Z_a-z]*$/

/**
 * Vonage SMS API: `POST /sms/json`, a form with key and secret (https://developer.vonage.com/api/sms). The status of the
 * HTTP answer says nothing; the one of each message does. `ttl` keeps a late message from being delivered.
 */
export function createVonageSender(account: VonageAccount, deps: { guardedFetch: GuardedFetch; clock: Clock }): MessageSender {
  return {
    type: 'vonage',
    channels: ['sms'],
    async send(message, { timeoutMs, messageId }) {
      const form = new URLSearchParams({
        api_key: account.apiKey,
        api_secret: account.apiSecret,
        from: account.from,
        // Without the plus sign, as the API wants it.
        to: message.to.slice(1),
        text: message.text,
        ttl: String(Math.max(message.expiresAt - deps.clock.now(), MIN_TTL_MS)),
        'client-ref': messageId,
        ...(PLAIN.test(message.text) ? {} : { type: 'unicode' }),
      })
      const asked = await askProvider(deps.guardedFetch, {
        url: `${account.baseUrl}/sms/json`,
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        body: form.toString(),
        timeoutMs,
      })
      if (!asked.ok) return asked
      const failure = findFailure(asked.value)
      return failure ? fail(failure) : succeed(undefined)
    },
  }
}

function findFailure({ status, body }: ProviderAnswer): MessageFailure | undefined {
  if (!isSuccess(status)) return { kind: kindOfStatus(status), reason: `vonage answered ${status}` }
  const parts = Array.isArray(body?.['messages']) ? (body['messages'] as { status?: unknown }[]) : []
  if (parts.length === 0) return { kind: 'temporary', reason: 'vonage answered without a message' }
  const refused = parts.map((part) => String(part?.status)).find((one) => one !== '0')
  if (refused === undefined) return undefined
  const reason = `vonage answered with status ${/^\d{1,3}$/.test(refused) ? refused : 'unknown'}`
  if (REJECTED_NUMBER.has(refused)) return { kind: 'rejected_number', reason }
  return { kind: TEMPORARY.has(refused) ? 'temporary' : 'permanent', reason }
}
