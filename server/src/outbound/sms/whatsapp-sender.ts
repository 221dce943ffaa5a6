import type { GuardedFetch } from '../../platform/guarded-fetch.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { ProviderAnswer } from './ask-provider.ts'
import { askProvider, isSuccess, kindOfStatus } from './ask-provider.ts'
import type { MessageFailure, MessageSender } from './message-sender.ts'

export interface WhatsappAccount {
  readonly baseUrl: string
  /** As in `v23.0`. */
  readonly apiVersion: string
  readonly phoneNumberId: string
  readonly accessToken: string
  /** The name of an approved authentication template with a copy-code button. */
  readonly template: string
  /** From our language to the language code under which the template was approved. */
  readonly languages: Readonly<Record<string, string>>
}

/** Throughput and rate limits, and faults that pass: https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes */
const TEMPORARY = new Set([1, 2, 4, 80007, 130429, 131000, 131016, 131048, 131056, 133004])
/** Undeliverable (131026: no WhatsApp account, or terms not accepted) and not in the list of a test number (131030). */
const REJECTED_NUMBER = new Set([131026, 131030])

/**
 * WhatsApp Cloud API: `POST /{version}/{phone-number-id}/messages` with a bearer token. An authentication template takes
 * the code twice, for the body and for its copy-code button
 * (https://developers.facebook.com/docs/whatsapp/business-management-api/authentication-templates).
 */
export function createWhatsappSender(account: WhatsappAccount, deps: { guardedFetch: GuardedFetch }): MessageSender {
  return {
    type: 'whatsapp_cloud',
    channels: ['whatsapp'],
    takesCodesOnly: true,
    async send(message, { timeoutMs }) {
      if (message.code === null) return fail({ kind: 'permanent', reason: 'whatsapp carries codes only' })
      const parameters = [{ type: 'text', text: message.code }]
      const asked = await askProvider(deps.guardedFetch, {
        url: `${account.baseUrl}/${account.apiVersion}/${encodeURIComponent(account.phoneNumberId)}/messages`,
        headers: { authorization: `Bearer ${account.accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          messaging_product: 'whatsapp',
          recipient_type: 'individual',
          to: message.to,
          type: 'template',
          template: {
            name: account.template,
            language: { code: pickLanguage(account.languages, message.language) },
            components: [
              { type: 'body', parameters },
              { type: 'button', sub_type: 'url', index: '0', parameters },
            ],
          },
        }),
        timeoutMs,
      })
      if (!asked.ok) return asked
      return isSuccess(asked.value.status) ? succeed(undefined) : fail(classify(asked.value))
    },
  }
}

/** `de-CH`, else `de`, else the first that the settings name. */
function pickLanguage(languages: WhatsappAccount['languages'], language: string): string {
  return languages[language] ?? languages[language.split('-')[0] ?? ''] ?? Object.values(languages)[0] ?? language
}

function classify({ status, body }: ProviderAnswer): MessageFailure {
  const error = body?.['error'] as { code?: unknown } | undefined
  const code = typeof error?.code === 'number' ? error.code : undefined
  const reason = `whatsapp answered ${status}${code === undefined ? '' : `, code ${code}`}`
  if (code !== undefined && REJECTED_NUMBER.has(code)) return { kind: 'rejected_number', reason }
  return { kind: code !== undefined && TEMPORARY.has(code) ? 'temporary' : kindOfStatus(status), reason }
}
