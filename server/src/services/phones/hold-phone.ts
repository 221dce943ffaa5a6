import type { Transaction } from 'kysely'
import type { IdentityId } from '../../domain/ids.ts'
import type { PhoneNumberChange } from '../../domain/mail.ts'
import { languageFor } from '../../domain/mail.ts'
import type { E164, PhoneNumber } from '../../domain/phone.ts'
import { maskPhone } from '../../domain/phone.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { Policy } from '../../flow/index.ts'
import { isPhoneCounted, isSecondFactorRequired } from '../../flow/index.ts'
import { insertIdentity } from '../../persistence/queries/identity.ts'
import { listEmails } from '../../persistence/queries/email-identity.ts'
import { consumeOneTimeCodesOfUser } from '../../persistence/queries/one-time-code.ts'
import type { PhoneRecord } from '../../persistence/queries/phone-identity.ts'
import { deletePhone } from '../../persistence/queries/phone-identity.ts'
import { deleteTrustedDevicesOf } from '../../persistence/queries/trusted-device.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Random } from '../../platform/random.ts'
import { newId } from '../../platform/random.ts'
import { CODES_VOIDED_BY_NEW_CREDENTIALS } from '../codes/index.ts'
import type { Events } from '../events/index.ts'
import type { Outbox } from '../outbox/index.ts'
import { hasFactorBeside } from '../second-factors/index.ts'
import type { Actor, Sessions } from '../sessions/index.ts'
import type { PhoneChangeFailure } from './phone-types.ts'

/** As many as anybody has use for; each may be a way in. */
export const MAX_PHONES_PER_USER = 5

/** What changes with a number that comes or goes; the caller holds the account. */
export function createPhoneHolding(deps: { clock: Clock; random: Random; events: Events; outbox: Outbox; sessions: Sessions }) {
  const { clock, random, events, outbox, sessions } = deps
  const about = ({ session, user, requester }: Actor) => ({ tenantId: session.tenant_id, actorUserId: user.id, userId: user.id, sessionId: session.id, requester })

  async function tell(tx: Transaction<Schema>, actor: Actor, change: PhoneNumberChange, number: E164): Promise<void> {
    const { user, requester, session } = actor
    const occurrence = { at: clock.now(), ip: requester.ip, userAgent: requester.userAgent }
    const notice = { template: 'phone_numbers_changed', change, numberMasked: maskPhone(number), language: languageFor(user, requester), ...occurrence } as const
    await outbox.enqueueNotice(tx, session.tenant_id, user, notice)
    // Who took a number away could be the one who keeps the other: without an address the leaving one hears of it, too.
    const isUntold = change === 'removed' && user.email === null && user.phoneKey !== number
    if (isUntold) await outbox.enqueueNotice(tx, session.tenant_id, { email: null, phoneKey: number }, notice)
  }

  return {
    /** Throws a unique violation when another account has the number. */
    async take(tx: Transaction<Schema>, actor: Actor, given: { phones: readonly PhoneRecord[]; number: PhoneNumber; policy: Policy }): Promise<'taken' | 'too_many'> {
      const { key, display } = given.number
      const { tenantId, userId, sessionId } = about(actor)
      if (given.phones.some((one) => one.key === key)) return 'taken'
      if (given.phones.length >= MAX_PHONES_PER_USER) return 'too_many'
      const at = clock.now()
      await insertIdentity(tx, { id: newId<IdentityId>(clock, random), tenantId, userId, kind: 'phone', key, display, verifiedAt: at, at })
      await consumeOneTimeCodesOfUser(tx, userId, CODES_VOIDED_BY_NEW_CREDENTIALS, at)
      // Where it is a second factor from now on, its code was this session's second proof.
      if (isPhoneCounted(given.policy)) await sessions.markReauthenticated(tx, sessionId, [...new Set([...(actor.session.amr.split(' ') as 'otp'[]), 'otp', 'sms', 'mfa'] as const)])
      await events.record(tx, { type: 'user.phone_added', ...about(actor) })
      await tell(tx, actor, 'added', key)
      return 'taken'
    },

    async remove(tx: Transaction<Schema>, actor: Actor, given: { phones: readonly PhoneRecord[]; leaving: PhoneRecord; policy: Policy }): Promise<Result<undefined, PhoneChangeFailure>> {
      const { phones, leaving, policy } = given
      const { userId } = about(actor)
      const at = clock.now()
      const isLast = phones.length === 1
      const isRecoverable = !isLast || (await listEmails(tx, userId)).some((one) => one.verifiedAt !== null)
      if (!isRecoverable) return fail({ code: 'last_phone' })
      const isFactor = isPhoneCounted(policy)
      const isRequired = isLast && isFactor && isSecondFactorRequired(policy, at)
      if (isRequired && !(await hasFactorBeside(tx, actor.user, 'secondary_oob_otp_sms', policy))) return fail({ code: 'last_required_factor' })
      await deletePhone(tx, userId, leaving.id)
      await consumeOneTimeCodesOfUser(tx, userId, CODES_VOIDED_BY_NEW_CREDENTIALS, at)
      // Trust was given for a factor that is gone.
      if (isFactor) await deleteTrustedDevicesOf(tx, userId)
      await events.record(tx, { type: 'user.phone_removed', ...about(actor) })
      await tell(tx, actor, 'removed', leaving.key)
      return succeed(undefined)
    },
  }
}
