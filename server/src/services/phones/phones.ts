import type { Transaction } from 'kysely'
import type { ChallengeId } from '../../domain/ids.ts'
import type { MessageChannel } from '../../domain/message.ts'
import { MESSAGE_CHANNELS } from '../../domain/message.ts'
import type { PhoneNumber } from '../../domain/phone.ts'
import { maskPhone } from '../../domain/phone.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { Database } from '../../persistence/index.ts'
import { isUniqueViolation } from '../../persistence/index.ts'
import { findIdentity } from '../../persistence/queries/identity.ts'
import type { OneTimeCodeRecord } from '../../persistence/queries/one-time-code.ts'
import { findOneTimeCode } from '../../persistence/queries/one-time-code.ts'
import type { PhoneRecord } from '../../persistence/queries/phone-identity.ts'
import { listPhones } from '../../persistence/queries/phone-identity.ts'
import { findSession } from '../../persistence/queries/session.ts'
import { lockUserForChange } from '../../persistence/queries/user-account.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Random } from '../../platform/random.ts'
import type { Sealer } from '../../platform/sealing.ts'
import { parsePhone } from '../../protocols/phone-number.ts'
import type { Codes } from '../codes/index.ts'
import { isResendDue } from '../codes/index.ts'
import type { Events } from '../events/index.ts'
import type { Limits } from '../limits/index.ts'
import { addressKey } from '../limits/index.ts'
import type { Messages } from '../messages/index.ts'
import type { Outbox } from '../outbox/index.ts'
import type { RecentProof } from '../recent-proof/index.ts'
import type { Actor, Sessions } from '../sessions/index.ts'
import type { Settings } from '../settings/index.ts'
import type { PhoneChangeFailure, Phones } from './phone-types.ts'
import { createPhoneHolding, MAX_PHONES_PER_USER } from './hold-phone.ts'
import { readTypedPhone } from './read-typed-phone.ts'

const SEALING_PURPOSE = 'phone-add'

export function createPhones(deps: {
  database: Database
  clock: Clock
  random: Random
  sealer: Sealer
  codes: Codes
  messages: Messages
  sessions: Sessions
  settings: Settings
  limits: Limits
  events: Events
  outbox: Outbox
  isRecentlyProven: RecentProof
}): Phones {
  const { database, clock, sealer, codes, messages, settings, limits, isRecentlyProven } = deps
  const { take, remove } = createPhoneHolding(deps)

  async function findPending(actor: Actor, challengeId: ChallengeId): Promise<{ record: OneTimeCodeRecord; number: PhoneNumber } | undefined> {
    const record = await findOneTimeCode(database.read, challengeId)
    if (!record || record.purpose !== 'phone_change' || record.session_id !== actor.session.id) return undefined
    const text = sealer.open(SEALING_PURPOSE, record.continuation_sealed, record.id)
    const number = text === undefined ? undefined : await parsePhone(text)
    return number?.ok ? { record, number: number.value } : undefined
  }

  /** Undefined when the session ended meanwhile, whose tab may do nothing more. */
  async function hold(tx: Transaction<Schema>, actor: Actor): Promise<PhoneRecord[] | undefined> {
    await lockUserForChange(tx, actor.user.id)
    return (await findSession(tx, actor.session.id))?.ended_at === null ? listPhones(tx, actor.user.id) : undefined
  }

  /** A message is counted before its code is made, whoever has the number. */
  async function takeMessage(actor: Actor, number: PhoneNumber): Promise<PhoneChangeFailure | undefined> {
    const refused = await messages.take(actor.session.tenant_id, number)
    if (refused === 'country_not_allowed') return { code: 'country_not_allowed' }
    return refused && { code: 'rate_limited', ...refused }
  }

  return {
    channels: () => messages.channels(),
    list: (actor) => listPhones(database.read, actor.user.id),

    async request(actor, { number: text, channel }) {
      if (!(await isRecentlyProven(actor))) return fail({ code: 'recent_authentication_required' })
      const channels = await messages.channels()
      const number = await readTypedPhone(text, (await settings.document()).messaging)
      if (!number.ok) return fail({ code: 'invalid_phone' })
      const own = await listPhones(database.read, actor.user.id)
      if (own.some((one) => one.key === number.value.key)) return fail({ code: 'invalid_phone' })
      if (own.length >= MAX_PHONES_PER_USER) return fail({ code: 'phone_limit_reached' })
      const chosen = channels.find((one) => one === channel) ?? channels[0]
      // Nobody could send it anything.
      if (chosen === undefined) return fail({ code: 'country_not_allowed' })
      const refused = await limits.take('recoveries_per_address', addressKey(actor.requester.ip))
      if (refused) return fail({ code: 'rate_limited', ...refused })
      const withheld = await takeMessage(actor, number.value)
      if (withheld) return fail(withheld)
      return database.transaction(async (tx) => {
        const { tenant_id: tenantId, id: sessionId } = actor.session
        const { key } = number.value
        // Another account proved the number: the answer is the same, and no code is right.
        const isDecoy = (await findIdentity(tx, tenantId, 'phone', key)) !== undefined
        const facts = { tenantId, purpose: 'phone_change', userId: actor.user.id, sessionId, flowId: null, channel: chosen, destination: key, sendTo: key, isDecoy, requester: actor.requester } as const
        return succeed(await codes.issue(tx, facts, (id) => sealer.seal(SEALING_PURPOSE, key, id)))
      })
    },

    async findPending(actor, challengeId) {
      const pending = await findPending(actor, challengeId)
      if (!pending) return fail({ code: 'not_found' })
      const channel = MESSAGE_CHANNELS.find((one) => one === pending.record.channel) ?? 'sms'
      const otherChannels = (await messages.channels()).filter((one) => one !== channel)
      return succeed({ maskedDestination: maskPhone(pending.number.key), channel, otherChannels })
    },

    async resend(actor, challengeId, channel?: MessageChannel) {
      const refused = await limits.take('resends_per_address', addressKey(actor.requester.ip))
      if (refused) return fail({ code: 'rate_limited', ...refused })
      const pending = await findPending(actor, challengeId)
      if (!pending) return fail({ code: 'not_found' })
      const { record, number } = pending
      // Not due: nothing would be sent, and nothing is counted for it.
      if (!isResendDue(record, clock.now())) return succeed(undefined)
      const withheld = await takeMessage(actor, number)
      if (withheld) return fail(withheld)
      const chosen = (await messages.channels()).find((one) => one === channel)
      await database.transaction((tx) => codes.resend(tx, record, { sendTo: number.key, channel: chosen }, actor.requester))
      return succeed(undefined)
    },

    async verify(actor, challengeId, code) {
      if (!(await isRecentlyProven(actor))) return fail({ code: 'recent_authentication_required' })
      const tries = ['code_failures_per_address', addressKey(actor.requester.ip)] as const
      const refused = await limits.take(...tries)
      if (refused) return fail({ code: 'rate_limited', ...refused })
      const pending = await findPending(actor, challengeId)
      if (!pending) return fail({ code: 'code_exhausted' })
      const policy = await settings.policy()
      try {
        const outcome = await database.transaction(async (tx) => {
          const checked = await codes.check(tx, pending.record, code, actor.requester)
          if (checked !== 'right') return checked
          const phones = await hold(tx, actor)
          return phones ? take(tx, actor, { phones, number: pending.number, policy }) : 'exhausted'
        })
        if (outcome === 'too_many') return fail({ code: 'phone_limit_reached' })
        if (outcome !== 'taken') return fail({ code: outcome === 'wrong' ? 'wrong_code' : 'code_exhausted' })
        await limits.giveBack(...tries)
        return succeed(undefined)
      } catch (error) {
        // The number became another account's while the code was on its way.
        if (isUniqueViolation(error)) return fail({ code: 'code_exhausted' })
        throw error
      }
    },

    async remove(actor, id) {
      if (!(await isRecentlyProven(actor))) return fail({ code: 'recent_authentication_required' })
      const policy = await settings.policy()
      return database.transaction(async (tx) => {
        const phones = (await hold(tx, actor)) ?? []
        const leaving = phones.find((one) => one.id === id)
        return leaving ? remove(tx, actor, { phones, leaving, policy }) : fail({ code: 'not_found' })
      })
    },
  }
}
