import type { OutboxId, TenantId } from '../../domain/ids.ts'
import type { MessageChannel, NoticeMessage, PhoneMessage, RenderedMessage } from '../../domain/message.ts'
import type { PhoneNumber } from '../../domain/phone.ts'
import { createMailboxMessageSender } from '../../outbound/sms/mailbox-sender.ts'
import type { Clock } from '../../platform/clock.ts'
import type { GuardedFetch } from '../../platform/guarded-fetch.ts'
import { parsePhone } from '../../protocols/phone-number.ts'
import type { LimitRefusal, Limits } from '../limits/index.ts'
import { accountTries, takeAll } from '../limits/index.ts'
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
  /**
   * As `take`, for the number of an account whose first proof was right, or whose session asks: from the account's hour, its
   * device's where it is known, and a share of the country's that is kept for them, then from what others left of it. There
   * may be no number: then nothing goes anywhere.
   */
  takeProven(tenantId: TenantId, asked: { account: string; ownDevice: string | undefined }, number: PhoneNumber | undefined): Promise<'country_not_allowed' | LimitRefusal | undefined>
  /** One round through the senders; `expiresAt` in milliseconds since 1970. Whoever calls tries again. */
  deliver(request: PhoneMessage, row: { id: OutboxId; tenantId: TenantId; expiresAt: number }): Promise<Delivery>
  /** What the message says, on the channel it asks for. */
  render(request: PhoneMessage): Promise<RenderedMessage>
}

const FALLBACK_LANGUAGE = 'en'
/** One in so many messages to a country is kept for who proved an account before: strangers cannot use it up. */
const RESERVED_ONE_IN = 5

/** The two parts of a country's hour; below five there is nothing to share. */
function shareHour({ per_country_hour: all }: MessagingSettings['limits']): { reserved: number; open: number } {
  const reserved = Math.floor(all / RESERVED_ONE_IN)
  return { reserved, open: all - reserved }
}

export function createMessages(deps: {
  clock: Clock
  monotonicNow: () => number
  settings: Settings
  secrets: Secrets
  limits: Limits
  guardedFetch: GuardedFetch
  render: (request: PhoneMessage) => Promise<string>
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

  /** A notice is counted where it goes out; one that stands in for a code was counted when that was asked for. */
  async function isFull(tenantId: TenantId, { notice }: NoticeMessage, number: PhoneNumber, messaging: MessagingSettings): Promise<boolean> {
    return notice.template !== 'signup_existing_account' && (await count(tenantId, number, messaging)) !== undefined
  }

  async function count(tenantId: TenantId, number: PhoneNumber, messaging: MessagingSettings): Promise<LimitRefusal | undefined> {
    return (
      (await limits.take('messages_per_recipient', `${tenantId}:${number.key}`, messaging.limits.per_recipient_hour)) ??
      (await limits.take('messages_per_country', `${tenantId}:${number.country}`, shareHour(messaging.limits).open))
    )
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
      return isAllowed(messaging, number.country) ? count(tenantId, number, messaging) : 'country_not_allowed'
    },

    async takeProven(tenantId, { account, ownDevice }, number) {
      const messaging = await read()
      if (number && !isAllowed(messaging, number.country)) return 'country_not_allowed'
      const refused = await takeAll(limits, accountTries('proven_messages_per_account', account, ownDevice), messaging.limits.per_recipient_hour)
      if (refused || !number) return refused
      const { reserved, open } = shareHour(messaging.limits)
      const country = `${tenantId}:${number.country}`
      const isKept = reserved > 0 && (await limits.take('proven_messages_per_country', country, reserved)) === undefined
      return isKept ? undefined : limits.take('messages_per_country', country, open)
    },

    async takeUntold(tenantId, name, number) {
      const messaging = await read()
      const refused = await limits.take('messages_per_recipient', `${tenantId}:${name}`, messaging.limits.per_recipient_hour)
      if (refused) return refused
      const isFull = await limits.take('messages_per_country', `${tenantId}:${number?.country ?? ''}`, shareHour(messaging.limits).open)
      return isFull || (number && !isAllowed(messaging, number.country)) ? 'withheld' : undefined
    },

    async deliver(request, { id, tenantId, expiresAt }) {
      const messaging = await read()
      // Once more, where the money is spent: whichever way the number came here, and whatever the settings said then.
      const number = await parsePhone(request.to)
      if (!number.ok || !isAllowed(messaging, number.value.country)) return refuseNumber(number.ok ? 'the country of the number is not allowed' : 'the number is not usable')
      const senders = isMailboxOnly(messaging) ? [createMailboxMessageSender()] : await openSenders(messaging.senders, { secrets, guardedFetch, clock })
      if (request.template === 'notice') {
        if (await isFull(tenantId, request, number.value, messaging)) return FULL
        const { template, language = FALLBACK_LANGUAGE } = request.notice
        const message = { to: request.to, template, code: null, text: await render(request), language, expiresAt }
        return deliverMessage(senders.filter((one) => !one.takesCodesOnly), messaging.channels, message, { messageId: id, monotonicNow })
      }
      const channels = request.channel === undefined ? inOrder(messaging.channels, request.prefers) : [request.channel]
      const message = { to: request.to, template: request.template, code: request.code, text: await render(request), language: request.language ?? FALLBACK_LANGUAGE, expiresAt }
      return deliverMessage(senders, channels, message, { messageId: id, monotonicNow })
    },

    async render(request) {
      const channel = request.template === 'notice' ? undefined : (request.channel ?? request.prefers)
      return { to: request.to, channel: channel ?? 'sms', text: await render(request) }
    },
  }
}

const FULL: Delivery = { attempts: [], outcome: { outcome: 'failed', isPermanent: false, reason: 'as many messages as the settings allow went out in this hour' } }

/** A channel that the settings do not name (any more) is not used. */
function inOrder(channels: readonly MessageChannel[], preferred: MessageChannel | undefined): MessageChannel[] {
  return channels.toSorted((a, b) => Number(b === preferred) - Number(a === preferred))
}

function refuseNumber(reason: string): Delivery {
  return { attempts: [], outcome: { outcome: 'failed', isPermanent: true, reason } }
}
