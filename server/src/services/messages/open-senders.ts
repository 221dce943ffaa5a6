import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { MessageFailure, MessageSender } from '../../outbound/sms/message-sender.ts'
import type { Clock } from '../../platform/clock.ts'
import type { GuardedFetch } from '../../platform/guarded-fetch.ts'
import { OperatorError } from '../../platform/operator-error.ts'
import type { Secrets } from '../secrets/index.ts'
import type { SenderSettings } from '../settings/index.ts'

/** The senders of the settings, each loaded when it is first needed, with its secrets, read now. One whose secret is gone is kept: it fails and says so. */
export function openSenders(
  declared: readonly SenderSettings[],
  deps: { secrets: Secrets; guardedFetch: GuardedFetch; clock: Clock },
): Promise<MessageSender[]> {
  return Promise.all(declared.map((one) => openSender(one, deps)))
}

async function openSender(declared: SenderSettings, deps: { secrets: Secrets; guardedFetch: GuardedFetch; clock: Clock }): Promise<MessageSender> {
  const read = (named: { secret: string }) => readSecret(deps.secrets, named.secret)
  switch (declared.type) {
    case 'twilio': {
      const authToken = await read(declared.auth_token)
      if (!authToken.ok) return brokenSender(declared.type, ['sms'], authToken.failure)
      const { base_url: baseUrl, account_sid: accountSid, messaging_service_sid: messagingServiceSid, from } = declared
      const { createTwilioSender } = await import('../../outbound/sms/twilio-sender.ts')
      return createTwilioSender({ baseUrl, accountSid, authToken: authToken.value, messagingServiceSid, from }, deps)
    }
    case 'vonage': {
      const apiSecret = await read(declared.api_secret)
      if (!apiSecret.ok) return brokenSender(declared.type, ['sms'], apiSecret.failure)
      const { createVonageSender } = await import('../../outbound/sms/vonage-sender.ts')
      return createVonageSender({ baseUrl: declared.base_url, apiKey: declared.api_key, apiSecret: apiSecret.value, from: declared.from }, deps)
    }
    case 'whatsapp_cloud': {
      const accessToken = await read(declared.access_token)
      if (!accessToken.ok) return brokenSender(declared.type, ['whatsapp'], accessToken.failure)
      const { base_url: baseUrl, api_version: apiVersion, phone_number_id: phoneNumberId, template, languages } = declared
      const { createWhatsappSender } = await import('../../outbound/sms/whatsapp-sender.ts')
      return createWhatsappSender({ baseUrl, apiVersion, phoneNumberId, accessToken: accessToken.value, template, languages }, deps)
    }
    case 'webhook': {
      const named = [declared.signing_secret, ...(declared.previous_signing_secret ? [declared.previous_signing_secret] : [])]
      const signingSecrets: string[] = []
      for (const one of named) {
        const secret = await read(one)
        if (!secret.ok) return brokenSender(declared.type, declared.channels, secret.failure)
        signingSecrets.push(secret.value)
      }
      const { createWebhookSender } = await import('../../outbound/sms/webhook-sender.ts')
      return createWebhookSender({ url: declared.url, signingSecrets, channels: declared.channels }, deps)
    }
  }
}

async function readSecret(secrets: Secrets, name: string): Promise<Result<string, MessageFailure>> {
  try {
    const value = await secrets.read(name)
    return value === undefined ? fail({ kind: 'permanent', reason: `the secret ${name} is not set` }) : succeed(value)
  } catch (error) {
    // Sealed under a key that is gone: the operator reads why, and the next sender has its turn.
    if (error instanceof OperatorError) return fail({ kind: 'permanent', reason: error.message })
    throw error
  }
}

function brokenSender(type: string, channels: MessageSender['channels'], failure: MessageFailure): MessageSender {
  return { type, channels, send: async () => fail(failure) }
}
