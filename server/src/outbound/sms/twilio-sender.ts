import type { Clock } from '../../platform/clock.ts'
import type { GuardedFetch } from '../../platform/guarded-fetch.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { ProviderAnswer } from './ask-provider.ts'
import { askProvider, isSuccess, kindOfStatus } from './ask-provider.ts'
import type { MessageFailure, MessageSender } from './message-sender.ts'

export interface TwilioAccount {
  readonly baseUrl: string
  readonly accountSid: string
  readonly authToken: string
  /** A Messaging Service, or else a number or sender id. */
  readonly messagingServiceSid?: string | undefined
  readonly from?: string | undefined
}

/**
 * Invalid `To` (21211, 21217), unreachable (21214, 21612), unsubscribed (21610), no mobile number (21614), landline (21635):
 * https://www.twilio.com/docs/api/errors
 */
const REJECTED_NUMBER = new Set([21211, 21214, 21217, 21610, 21612, 21614, 21635])
/** Too many requests (20429), the queue of the sender is full (21611). */
const TEMPORARY = new Set([20429, 21611])
/** What `ValidityPeriod` takes, in seconds. */
const MAX_VALIDITY_SECONDS = 36_000

/**
 * Twilio Programmable Messaging: `POST /2010-04-01/Accounts/{AccountSid}/Messages.json`, a form with Basic authentication
 * (https://www.twilio.com/docs/messaging/api/message-resource). `ValidityPeriod` keeps a late message from being sent on.
 */
export function createTwilioSender(account: TwilioAccount, deps: { guardedFetch: GuardedFetch; clock: Clock }): MessageSender {
  return {
    type: 'twilio',
    channels: ['sms'],
    async send(message, { timeoutMs }) {
      const secondsLeft = Math.floor((message.expiresAt - deps.clock.now()) / 1_000)
      const form = new URLSearchParams({
        To: message.to,
        Body: message.text,
        ...(account.messagingServiceSid === undefined ? { From: account.from ?? '' } : { MessagingServiceSid: account.messagingServiceSid }),
        ValidityPeriod: String(Math.min(Math.max(secondsLeft, 1), MAX_VALIDITY_SECONDS)),
      })
      const asked = await askProvider(deps.guardedFetch, {
        url: `${account.baseUrl}/2010-04-01/Accounts/${encodeURIComponent(account.accountSid)}/Messages.json`,
        headers: {
          authorization: `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
          accept: 'application/json',
        },
        body: form.toString(),
        timeoutMs,
      })
      if (!asked.ok) return asked
      return isSuccess(asked.value.status) ? succeed(undefined) : fail(classify(asked.value))
    },
  }
}

function classify({ status, body }: ProviderAnswer): MessageFailure {
  const code = typeof body?.['code'] === 'number' ? body['code'] : undefined
  const reason = `twilio answered ${status}${code === undefined ? '' : `, code ${code}`}`
  if (code !== undefined && REJECTED_NUMBER.has(code)) return { kind: 'rejected_number', reason }
  return { kind: code !== undefined && TEMPORARY.has(code) ? 'temporary' : kindOfStatus(status), reason }
}
