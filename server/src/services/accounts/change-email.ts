import { maskEmail, parseEmail } from '../../domain/email.ts'
import { fail, succeed } from '../../domain/result.ts'
import { isUniqueViolation } from '../../persistence/index.ts'
import { findIdentity, replaceIdentityKey } from '../../persistence/queries/identity.ts'
import type { OneTimeCodeRecord } from '../../persistence/queries/one-time-code.ts'
import { consumeOneTimeCodesOfUser, findOneTimeCode } from '../../persistence/queries/one-time-code.ts'
import { lockUser } from '../../persistence/queries/user-account.ts'
import type { ChallengeId } from '../../domain/ids.ts'
import { languageFor } from '../../domain/mail.ts'
import { CODES_VOIDED_BY_NEW_CREDENTIALS } from '../codes/index.ts'
import type { NewEvent } from '../events/index.ts'
import { addressKey } from '../limits/index.ts'
import type { AccountDeps } from './account-deps.ts'
import type { Accounts, Actor } from './account-types.ts'

type EmailChange = Pick<Accounts, 'requestEmailChange' | 'verifyEmailChange' | 'resendEmailChange' | 'findEmailChange'>

const SEALING_PURPOSE = 'email-change'

/** The code goes to the new address, is bound to the session that asked, and both addresses hear of the change. */
export function createEmailChange(
  deps: AccountDeps & {
    about: (actor: Actor) => Omit<NewEvent, 'type'> & { userId: Actor['user']['id'] }
  },
): EmailChange {
  const { database, clock, sealer, codes, limits, events, outbox, about, isRecentlyProven } = deps

  async function findPending(actor: Actor, challengeId: ChallengeId): Promise<{ record: OneTimeCodeRecord; newEmail: string } | undefined> {
    const record = await findOneTimeCode(database.read, challengeId)
    if (!record || record.purpose !== 'email_change' || record.session_id !== actor.session.id) return undefined
    const newEmail = sealer.open(SEALING_PURPOSE, record.continuation_sealed, record.id)
    return newEmail === undefined ? undefined : { record, newEmail }
  }

  return {
    async requestEmailChange(actor, text) {
      if (!(await isRecentlyProven(actor))) return fail({ code: 'recent_authentication_required' })
      const email = parseEmail(text)
      // The present address may be given to prove it, as long as it is not.
      const isNothingNew = email.ok && email.value.key === actor.user.emailKey && actor.user.emailVerifiedAt !== null
      if (!email.ok || isNothingNew) return fail({ code: 'invalid_email' })
      const refused =
        (await limits.take('recoveries_per_address', addressKey(actor.client.ip))) ??
        (await limits.take('codes_per_recipient', `${actor.session.tenant_id}:${email.value.key}`))
      if (refused) return fail({ code: 'rate_limited', ...refused })
      const { key, display } = email.value
      const { challengeId } = await database.transaction(async (tx) => {
        const holder = await findIdentity(tx, actor.session.tenant_id, 'email', key)
        const isTaken = holder !== undefined && holder.userId !== actor.user.id
        const issued = await codes.issue(
          tx,
          {
            tenantId: actor.session.tenant_id,
            purpose: 'email_change',
            channel: 'email',
            userId: actor.user.id,
            sessionId: actor.session.id,
            flowId: null,
            destination: key,
            sendTo: display,
            isDecoy: isTaken,
            client: actor.client,
          },
          (id) => sealer.seal(SEALING_PURPOSE, display, id),
        )
        // Whoever owns the address hears of the attempt; the person asking learns nothing.
        if (isTaken) await outbox.enqueueMail(tx, actor.session.tenant_id, { template: 'signup_existing_account', to: display, language: actor.client.language })
        return issued
      })
      return succeed({ challengeId, maskedDestination: maskEmail(display) })
    },

    async findEmailChange(actor, challengeId) {
      const pending = await findPending(actor, challengeId)
      return pending ? succeed({ maskedDestination: maskEmail(pending.newEmail) }) : fail({ code: 'not_found' })
    },

    async resendEmailChange(actor, challengeId) {
      const refused = await limits.take('resends_per_address', addressKey(actor.client.ip))
      if (refused) return fail({ code: 'rate_limited', ...refused })
      const pending = await findPending(actor, challengeId)
      if (!pending) return fail({ code: 'not_found' })
      const recipient = `${pending.record.tenant_id}:${pending.record.destination}`
      const capped = await limits.take('codes_per_recipient', recipient)
      if (capped) return fail({ code: 'rate_limited', ...capped })
      const isSent = await database.transaction((tx) => codes.resend(tx, pending.record, pending.newEmail, actor.client))
      if (!isSent) await limits.giveBack('codes_per_recipient', recipient)
      return succeed({ maskedDestination: maskEmail(pending.newEmail) })
    },

    async verifyEmailChange(actor, challengeId, code) {
      if (!(await isRecentlyProven(actor))) return fail({ code: 'recent_authentication_required' })
      const refused = await limits.take('code_failures_per_address', addressKey(actor.client.ip))
      if (refused) return fail({ code: 'rate_limited', ...refused })
      const pending = await findPending(actor, challengeId)
      const email = pending && parseEmail(pending.newEmail)
      if (!pending || !email?.ok) return fail({ code: 'code_exhausted' })
      const { key, display } = email.value
      try {
        const outcome = await database.transaction(async (tx) => {
          const checked = await codes.check(tx, pending.record, code, actor.client)
          if (checked !== 'right') return checked
          const at = clock.now()
          await lockUser(tx, actor.user.id)
          await replaceIdentityKey(tx, actor.user.id, 'email', { key, display, verifiedAt: at })
          await consumeOneTimeCodesOfUser(tx, actor.user.id, CODES_VOIDED_BY_NEW_CREDENTIALS, at)
          if (key === actor.user.emailKey) {
            await events.record(tx, { type: 'user.email_verified', ...about(actor) })
            return checked
          }
          await events.record(tx, { type: 'user.email_changed', ...about(actor) })
          const notice = { template: 'email_changed', newAddressMasked: maskEmail(display), language: languageFor(actor.user, actor.client) } as const
          await outbox.enqueueMail(tx, actor.session.tenant_id, { ...notice, to: actor.user.email })
          await outbox.enqueueMail(tx, actor.session.tenant_id, { ...notice, to: display })
          return checked
        })
        if (outcome !== 'right') return fail({ code: outcome === 'wrong' ? 'wrong_code' : 'code_exhausted' })
        await limits.giveBack('code_failures_per_address', addressKey(actor.client.ip))
        return succeed(undefined)
      } catch (error) {
        // The address got an account while the code was on its way.
        if (isUniqueViolation(error)) return fail({ code: 'code_exhausted' })
        throw error
      }
    },
  }
}
