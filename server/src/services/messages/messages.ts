import type { OutboxId, TenantId } from '../../domain/ids.ts'
import type { MessageChannel, MessageRequest, RenderedMessage } from '../../domain/message.ts'
import type { PhoneNumber } from '../../domain/phone.ts'
import { createMailboxMessageSender } from '../../outbound/sms/mailbox-sender.ts'
import type { Clock } from '../../platform/clock.ts'
import type { GuardedFetch } from '../../platform/guarded-fetch.ts'
import { parsePhone } from '../../protocols/phone-number.ts'
import type { LimitRefusal, Limits } from '../limits/index.ts'
import type { Secrets } from '../secrets/index.ts'
import type { MessagingSettings, Settings, SettingsDocument } from '../settings/index.ts'
import { carries } from './carries.ts'
import type { Delivery } from './deliver-message.ts'
import { deliverMessage } from './deliver-message.ts'
import { openSenders } from './open-senders.ts'
import { describeUnsentCodes } from './unsent-codes.ts'

export interface Messages {
  /** The channels that have a sender, in the order of the settings; what a person may choose between. */
  channels(): Promise<MessageChannel[]>
  /** A line for an operator whose settings offer codes to telephones that nobody carries; undefined where all is well. */
  describeUnsentCodes(document: SettingsDocument): string | undefined
  /**
   * To be asked before a code is made for the number, whoever has it: takes one message from the number's hour and one
   * from its country's.
   */
  take(tenantId: TenantId, number: PhoneNumber): Promise<'country_not_allowed' | LimitRefusal | undefined>
  /**
   * As `take`, for a number that nobody typed, or none at all: a stranger runs into the same limits under any name, and
   * what would tell of the number's country withholds the message in silence.
   */
  takeUntold(tenantId: TenantId, name: string, number: PhoneNumber | undefined): Promise<'withheld' | LimitRefusal | undefined>
  /** One round through the senders; `expiresAt` in milliseconds since 1970. Whoever calls tries again. */
  deliver(request: MessageRequest, row: { id: OutboxId; expiresAt: number }): Promise<Delivery>
  /** What the message says, on the channel it asks for. */
  render(request: MessageRequest): Promise<RenderedMessage>
}

const FALLBACK_LANGUAGE = 'en'

export function createMessages(deps: {
  clock: Clock
  monotonicNow: () => number
  settings: Settings
  secrets: Secrets
  limits: Limits
  guardedFetch: GuardedFetch
  render: (request: MessageRequest) => Promise<string>
  /** Development: without a sender, the mailbox page is one. */
  hasMailbox: boolean
}): Messages {
  const { clock, monotonicNow, settings, secrets, limits, guardedFetch, render, hasMailbox } = deps

  /** Nothing leaves the machine, so nothing can be run up. */
  const isMailboxOnly = (messaging: MessagingSettings) => hasMailbox && messaging.senders.length === 0
  const isAllowed = (messaging: MessagingSettings, country: string) => isMailboxOnly(messaging) || messaging.allowed_countries.includes(country)

  async function read(): Promise<MessagingSettings> {
    return (await settings.document()).messaging
  }

  return {
    async channels() {
      const messaging = await read()
      if (isMailboxOnly(messaging)) return messaging.channels
      return messaging.channels.filter((channel) => messaging.senders.some((sender) => carries(sender, channel)))
    },

    describeUnsentCodes: (document) => (hasMailbox ? undefined : describeUnsentCodes(document)),

    async take(tenantId, number) {
      const messaging = await read()
      if (!isAllowed(messaging, number.country)) return 'country_not_allowed'
      const { per_recipient_hour: perRecipient, per_country_hour: perCountry } = messaging.limits
      return (
        (await limits.take('messages_per_recipient', `${tenantId}:${number.key}`, perRecipient)) ??
        (await limits.take('messages_per_country', `${tenantId}:${number.country}`, perCountry))
      )
    },

    async takeUntold(tenantId, name, number) {
      const messaging = await read()
      const { per_recipient_hour: perRecipient, per_country_hour: perCountry } = messaging.limits
      const refused = await limits.take('messages_per_recipient', `${tenantId}:${name}`, perRecipient)
      if (refused) return refused
      const isFull = await limits.take('messages_per_country', `${tenantId}:${number?.country ?? ''}`, perCountry)
      return isFull || (number && !isAllowed(messaging, number.country)) ? 'withheld' : undefined
    },

    async deliver(request, { id, expiresAt }) {
      const messaging = await read()
      // Once more, where the money is spent: whichever way the number came here, and whatever the settings said then.
      const number = await parsePhone(request.to)
      if (!number.ok || !isAllowed(messaging, number.value.country)) return refuseNumber(number.ok ? 'the country of the number is not allowed' : 'the number is not usable')
      const senders = isMailboxOnly(messaging) ? [createMailboxMessageSender()] : await openSenders(messaging.senders, { secrets, guardedFetch, clock })
      const channels = request.channel === undefined ? inOrder(messaging.channels, request.prefers) : [request.channel]
      const message = { to: request.to, template: request.template, code: request.code, text: await render(request), language: request.language ?? FALLBACK_LANGUAGE, expiresAt }
      return deliverMessage(senders, channels, message, { messageId: id, monotonicNow })
    },

    render: async (request) => ({ to: request.to, channel: request.channel ?? request.prefers ?? 'sms', text: await render(request) }),
  }
}

/** A channel that the settings do not name (any more) is not used. */
function inOrder(channels: readonly MessageChannel[], preferred: MessageChannel | undefined): MessageChannel[] {
  return channels.toSorted((a, b) => Number(b === preferred) - Number(a === preferred))
}

function refuseNumber(reason: string): Delivery {
  return { attempts: [], outcome: { outcome: 'failed', isPermanent: true, reason } }
}
