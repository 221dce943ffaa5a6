import type { Transaction } from 'kysely'
import type { EmailAddress } from '../../domain/email.ts'
import { maskEmail } from '../../domain/email.ts'
import { languageFor } from '../../domain/mail.ts'
import type { IdentityId } from '../../domain/ids.ts'
import type { EmailRecord } from '../../persistence/queries/email-identity.ts'
import { deleteEmail, putPrimaryEmail } from '../../persistence/queries/email-identity.ts'
import { insertIdentity, markIdentityVerified } from '../../persistence/queries/identity.ts'
import { consumeOneTimeCodesOfUser } from '../../persistence/queries/one-time-code.ts'
import type { Schema } from '../../persistence/schema.ts'
import { newId } from '../../platform/random.ts'
import { CODES_VOIDED_BY_NEW_CREDENTIALS } from '../codes/index.ts'
import type { NewEvent } from '../events/index.ts'
import type { Actor } from '../sessions/index.ts'
import type { AccountDeps } from './account-deps.ts'
import type { EmailIntent } from './account-types.ts'

/** As many as anybody has use for; each is a way in. */
export const MAX_EMAILS_PER_USER = 10

export type About = (actor: Actor) => Omit<NewEvent, 'type'> & { userId: Actor['user']['id'] }

/**
 * What a proven address becomes: a further one, or the primary one in the place of the one before. An address that nobody
 * proved never stays beside a proven one: it may be somebody else's, who would get the whole account by proving it, and
 * whoever registered it would keep a way in by the proven one (account pre-hijacking).
 */
export function createEmailTaking({ clock, random, events, outbox, about }: AccountDeps & { about: About }) {
  /** The caller holds the account. Throws a unique violation when another account has the address. */
  return async function takeEmail(
    tx: Transaction<Schema>,
    actor: Actor,
    emails: readonly EmailRecord[],
    intent: EmailIntent,
    { key, display }: EmailAddress,
  ): Promise<'taken' | 'too_many'> {
    const { tenantId, userId } = about(actor)
    const at = clock.now()
    const [primary] = emails
    if (emails.some((one) => one.key === key)) {
      if (await markIdentityVerified(tx, userId, key, at)) await events.record(tx, { type: 'user.email_verified', ...about(actor) })
      await consumeOneTimeCodesOfUser(tx, userId, CODES_VOIDED_BY_NEW_CREDENTIALS, at)
      return 'taken'
    }
    const replaced = primary && (intent === 'change' || primary.verifiedAt === null) ? primary : undefined
    if (!replaced && emails.length >= MAX_EMAILS_PER_USER) return 'too_many'
    const id = newId<IdentityId>(clock, random)
    await insertIdentity(tx, { id, tenantId, userId, kind: 'email', key, display, verifiedAt: at, at })
    await consumeOneTimeCodesOfUser(tx, userId, CODES_VOIDED_BY_NEW_CREDENTIALS, at)
    if (replaced) {
      await putPrimaryEmail(tx, { tenantId, userId, identityId: id })
      await deleteEmail(tx, userId, replaced.id)
    }
    await events.record(tx, { type: replaced ? 'user.email_changed' : 'user.email_added', ...about(actor) })
    const language = languageFor(actor.user, actor.requester)
    const addressMasked = maskEmail(display)
    // Without an address before it, the telephone is what hears of it.
    if (!primary) await outbox.enqueueNotice(tx, tenantId, { email: null, phoneKey: actor.user.phoneKey }, { template: 'email_addresses_changed', change: 'added', addressMasked, language })
    for (const to of [primary?.display, display]) {
      if (to === undefined) continue
      if (replaced) await outbox.enqueueMail(tx, tenantId, { template: 'email_changed', newAddressMasked: addressMasked, to, language })
      else await outbox.enqueueMail(tx, tenantId, { template: 'email_addresses_changed', change: 'added', addressMasked, to, language })
    }
    return 'taken'
  }
}
