import type { Transaction } from 'kysely'
import { maskEmail, parseEmail } from '../../domain/email.ts'
import type { ChallengeId } from '../../domain/ids.ts'
import { languageFor } from '../../domain/mail.ts'
import { fail, succeed } from '../../domain/result.ts'
import { signupIdentifications } from '../../flow/index.ts'
import { isUniqueViolation } from '../../persistence/index.ts'
import type { EmailRecord } from '../../persistence/queries/email-identity.ts'
import { deleteEmail, listEmails, putPrimaryEmail } from '../../persistence/queries/email-identity.ts'
import { findIdentity } from '../../persistence/queries/identity.ts'
import type { OneTimeCodeRecord } from '../../persistence/queries/one-time-code.ts'
import { consumeOneTimeCodesOfUser, findOneTimeCode } from '../../persistence/queries/one-time-code.ts'
import { listPhones } from '../../persistence/queries/phone-identity.ts'
import { findSession } from '../../persistence/queries/session.ts'
import { lockUserForChange } from '../../persistence/queries/user-account.ts'
import type { Schema } from '../../persistence/schema.ts'
import { CODES_VOIDED_BY_NEW_CREDENTIALS } from '../codes/index.ts'
import { addressKey } from '../limits/index.ts'
import type { Actor } from '../sessions/index.ts'
import type { AccountDeps } from './account-deps.ts'
import type { Accounts, EmailIntent } from './account-types.ts'
import type { About } from './take-email.ts'
import { createEmailTaking, MAX_EMAILS_PER_USER } from './take-email.ts'

type Emails = Pick<
  Accounts,
  'listEmails' | 'requestEmail' | 'verifyEmail' | 'resendEmail' | 'findPendingEmail' | 'makeEmailPrimary' | 'removeEmail'
>

/** What a code was asked for is told by what its address was sealed as. */
const SEALING_PURPOSES = { change: 'email-change', add: 'email-add' } as const satisfies Record<EmailIntent, string>

/** The code goes to the new address, is bound to the session that asked, and old and new addresses hear of the change. */
export function createEmails(deps: AccountDeps & { about: About }): Emails {
  const { database, clock, sealer, codes, limits, events, outbox, settings, about, isRecentlyProven } = deps
  const takeEmail = createEmailTaking(deps)

  async function findPending(actor: Actor, challengeId: ChallengeId): Promise<{ record: OneTimeCodeRecord; newEmail: string; intent: EmailIntent } | undefined> {
    const record = await findOneTimeCode(database.read, challengeId)
    if (!record || record.purpose !== 'email_change' || record.session_id !== actor.session.id) return undefined
    for (const intent of ['change', 'add'] as const) {
      const newEmail = sealer.open(SEALING_PURPOSES[intent], record.continuation_sealed, record.id)
      if (newEmail !== undefined) return { record, newEmail, intent }
    }
    return undefined
  }

  /** Holds the account; undefined when the session ended meanwhile, whose tab may do nothing more. */
  async function holdEmails(tx: Transaction<Schema>, actor: Actor): Promise<EmailRecord[] | undefined> {
    await lockUserForChange(tx, actor.user.id)
    return (await findSession(tx, actor.session.id))?.ended_at === null ? listEmails(tx, actor.user.id) : undefined
  }

  return {
    listEmails: (actor) => listEmails(database.read, actor.user.id),

    async requestEmail(actor, text, intent) {
      if (!(await isRecentlyProven(actor))) return fail({ code: 'recent_authentication_required' })
      const email = parseEmail(text)
      if (!email.ok) return fail({ code: 'invalid_email' })
      const { key, display } = email.value
      const own = await listEmails(database.read, actor.user.id)
      // The present address may be given to prove it, as long as it is not.
      if (own.some((one) => one.key === key && one.verifiedAt !== null)) return fail({ code: 'invalid_email' })
      if (intent === 'add' && own.length >= MAX_EMAILS_PER_USER) return fail({ code: 'email_limit_reached' })
      const refused =
        (await limits.take('recoveries_per_address', addressKey(actor.requester.ip))) ??
        (await limits.take('codes_per_recipient', `${actor.session.tenant_id}:${key}`))
      if (refused) return fail({ code: 'rate_limited', ...refused })
      const { challengeId } = await database.transaction(async (tx) => {
        const holder = await findIdentity(tx, actor.session.tenant_id, 'email', key)
        const isTaken = holder !== undefined && holder.userId !== actor.user.id
        const issued = await codes.issue(
          tx,
          {
            tenantId: actor.session.tenant_id,
            purpose: 'email_change',
            userId: actor.user.id,
            sessionId: actor.session.id,
            flowId: null,
            channel: 'email',
            destination: key,
            sendTo: display,
            isDecoy: isTaken,
            isOwnerTold: isTaken,
            requester: actor.requester,
          },
          (id) => sealer.seal(SEALING_PURPOSES[intent], display, id),
        )
        // Whoever owns the address hears of the attempt; the person asking learns nothing.
        if (isTaken) await outbox.enqueueMail(tx, actor.session.tenant_id, { template: 'signup_existing_account', to: display, language: actor.requester.language })
        return issued
      })
      return succeed({ challengeId, maskedDestination: maskEmail(display) })
    },

    async findPendingEmail(actor, challengeId) {
      const pending = await findPending(actor, challengeId)
      return pending ? succeed({ maskedDestination: maskEmail(pending.newEmail) }) : fail({ code: 'not_found' })
    },

    async resendEmail(actor, challengeId) {
      const refused = await limits.take('resends_per_address', addressKey(actor.requester.ip))
      if (refused) return fail({ code: 'rate_limited', ...refused })
      const pending = await findPending(actor, challengeId)
      if (!pending) return fail({ code: 'not_found' })
      const recipient = `${pending.record.tenant_id}:${pending.record.destination}`
      const capped = await limits.take('codes_per_recipient', recipient)
      if (capped) return fail({ code: 'rate_limited', ...capped })
      const isSent = await database.transaction((tx) => codes.resend(tx, pending.record, { sendTo: pending.newEmail }, actor.requester))
      if (!isSent) await limits.giveBack('codes_per_recipient', recipient)
      return succeed({ maskedDestination: maskEmail(pending.newEmail) })
    },

    async verifyEmail(actor, challengeId, code, intent) {
      if (!(await isRecentlyProven(actor))) return fail({ code: 'recent_authentication_required' })
      const refused = await limits.take('code_failures_per_address', addressKey(actor.requester.ip))
      if (refused) return fail({ code: 'rate_limited', ...refused })
      const pending = await findPending(actor, challengeId)
      const email = pending && parseEmail(pending.newEmail)
      if (!pending || !email?.ok || (intent !== undefined && intent !== pending.intent)) return fail({ code: 'code_exhausted' })
      try {
        const outcome = await database.transaction(async (tx) => {
          const checked = await codes.check(tx, pending.record, code, actor.requester)
          if (checked !== 'right') return checked
          const emails = await holdEmails(tx, actor)
          return emails ? takeEmail(tx, actor, emails, pending.intent, email.value) : 'exhausted'
        })
        if (outcome === 'too_many') return fail({ code: 'email_limit_reached' })
        if (outcome !== 'taken') return fail({ code: outcome === 'wrong' ? 'wrong_code' : 'code_exhausted' })
        await limits.giveBack('code_failures_per_address', addressKey(actor.requester.ip))
        return succeed(pending.intent)
      } catch (error) {
        // The address got an account while the code was on its way.
        if (isUniqueViolation(error)) return fail({ code: 'code_exhausted' })
        throw error
      }
    },

    async makeEmailPrimary(actor, id) {
      if (!(await isRecentlyProven(actor))) return fail({ code: 'recent_authentication_required' })
      const { tenantId, userId } = about(actor)
      return database.transaction(async (tx) => {
        const emails = (await holdEmails(tx, actor)) ?? []
        const [primary] = emails
        const chosen = emails.find((one) => one.id === id && one.verifiedAt !== null)
        if (!primary || !chosen) return fail({ code: 'not_found' })
        if (chosen === primary) return succeed(undefined)
        await putPrimaryEmail(tx, { tenantId, userId, identityId: chosen.id })
        await events.record(tx, { type: 'user.primary_email_changed', ...about(actor) })
        const notice = { template: 'email_addresses_changed', change: 'made_primary', addressMasked: maskEmail(chosen.display), language: languageFor(actor.user, actor.requester) } as const
        for (const to of [primary.display, chosen.display]) await outbox.enqueueMail(tx, tenantId, { ...notice, to })
        return succeed(undefined)
      })
    },

    async removeEmail(actor, id) {
      if (!(await isRecentlyProven(actor))) return fail({ code: 'recent_authentication_required' })
      const { tenantId, userId } = about(actor)
      const needsNoEmail = signupIdentifications(await settings.policy()).includes('phone')
      return database.transaction(async (tx) => {
        const emails = (await holdEmails(tx, actor)) ?? []
        const leaving = emails.find((one) => one.id === id)
        if (!leaving) return fail({ code: 'not_found' })
        // Only a proven address can recover the account; or a number, where accounts need no address.
        const next = emails.find((one) => one !== leaving && one.verifiedAt !== null)
        const [number] = !next && needsNoEmail ? await listPhones(tx, userId) : []
        if (!next && !number) return fail({ code: 'last_email' })
        if (leaving.isPrimary && next) await putPrimaryEmail(tx, { tenantId, userId, identityId: next.id })
        await deleteEmail(tx, userId, leaving.id)
        await consumeOneTimeCodesOfUser(tx, userId, CODES_VOIDED_BY_NEW_CREDENTIALS, clock.now())
        await events.record(tx, { type: 'user.email_removed', ...about(actor) })
        const notice = { template: 'email_addresses_changed', change: 'removed', addressMasked: maskEmail(leaving.display), language: languageFor(actor.user, actor.requester) } as const
        await outbox.enqueueMail(tx, tenantId, { ...notice, to: leaving.display })
        await outbox.enqueueNotice(tx, tenantId, { email: next?.display ?? null, phoneKey: number?.key ?? null }, notice)
        return succeed(undefined)
      })
    },
  }
}
