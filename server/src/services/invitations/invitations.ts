import type { Transaction } from 'kysely'
import type { Requester } from '../../domain/requester.ts'
import { parseEmail } from '../../domain/email.ts'
import type { InvitationId, TenantId, UserId } from '../../domain/ids.ts'
import { languageFor } from '../../domain/mail.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import { ADMIN_ROLE } from '../../domain/roles.ts'
import type { Database } from '../../persistence/index.ts'
import { findIdentity } from '../../persistence/queries/identity.ts'
import type { InvitationRecord } from '../../persistence/queries/invitation.ts'
import { acceptInvitation, findOpenInvitation, insertInvitation, listInvitations, revokeInvitationsOf, setInvitationUser } from '../../persistence/queries/invitation.ts'
import { findUser } from '../../persistence/queries/user-account.ts'
import { insertRole } from '../../persistence/queries/user-role.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import { sha256 } from '../../platform/digest.ts'
import type { Random } from '../../platform/random.ts'
import { newId, newSecret } from '../../platform/random.ts'
import type { Events } from '../events/index.ts'
import type { Outbox } from '../outbox/index.ts'
import type { Settings } from '../settings/index.ts'
import { INVITATION_TTL_DAYS } from './lifetimes.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
/** The exact text form of our secrets: anything else is refused before the database is asked. */
const SECRET = /^[A-Za-z0-9_-]{43}$/

export type InvitationFailure = 'invalid_email' | 'has_account' | 'signup_closed' | 'not_invited'

export interface ListedInvitation {
  readonly id: InvitationId
  readonly email: string
  readonly role: string | null
  readonly state: 'open' | 'accepted' | 'revoked' | 'expired'
  /** Instants, milliseconds UTC. */
  readonly createdAt: number
  readonly expiresAt: number
}

export interface Invitations {
  /** Mails a link to the address; earlier invitations of it are taken back. Nobody but the recipient reads the secret. */
  invite(invitee: { email: string; days?: number; role?: string }): Promise<Result<ListedInvitation, InvitationFailure>>
  /** Takes the open invitation of an address back. */
  revoke(email: string): Promise<Result<undefined, InvitationFailure>>
  /** Newest first. */
  list(page: { limit: number; before?: InvitationId }): Promise<ListedInvitation[]>
  /** The open invitation of a secret; looking spends nothing, since mail scanners open links. */
  find(secret: string): Promise<InvitationRecord | undefined>
  /** True for exactly one of any number of parallel calls. */
  spend(tx: Transaction<Schema>, id: InvitationId): Promise<boolean>
  /** What follows once the account is made: whose it is, and the role that was promised. */
  welcome(tx: Transaction<Schema>, user: { tenantId: TenantId; userId: UserId }, invitation: { id: InvitationId; role: string | null }, requester: Requester): Promise<void>
}

export function createInvitations(deps: {
  database: Database
  clock: Clock
  random: Random
  events: Events
  outbox: Outbox
  settings: Pick<Settings, 'policy'>
  tenantId: TenantId
}): Invitations {
  const { database, clock, random, events, outbox, settings, tenantId } = deps

  function listed(record: InvitationRecord): ListedInvitation {
    const isExpired = record.expires_at <= clock.now()
    const state = record.accepted_at !== null ? 'accepted' : record.revoked_at !== null ? 'revoked' : isExpired ? 'expired' : 'open'
    return { id: record.id, email: record.email_display, role: record.role, state, createdAt: record.created_at, expiresAt: record.expires_at }
  }

  async function takeBack(tx: Transaction<Schema>, email: string): Promise<boolean> {
    const count = await revokeInvitationsOf(tx, tenantId, email, clock.now())
    if (count > 0) await events.record(tx, { type: 'invitation.revoked', tenantId, data: { count } })
    return count > 0
  }

  return {
    async invite({ email: text, days = INVITATION_TTL_DAYS, role }) {
      const email = parseEmail(text)
      if (!email.ok) return fail('invalid_email')
      if (!(await settings.policy()).signup.isOpen) return fail('signup_closed')
      const { key, display } = email.value
      return database.transaction(async (tx) => {
        if (await findIdentity(tx, tenantId, 'email', key)) return fail('has_account')
        await takeBack(tx, key)
        const at = clock.now()
        const secret = newSecret(random)
        const invitation: InvitationRecord = {
          id: newId<InvitationId>(clock, random),
          tenant_id: tenantId,
          email_normalised: key,
          email_display: display,
          secret_hash: sha256(secret),
          role: role ?? null,
          created_at: at,
          expires_at: at + days * DAY_MS,
          revoked_at: null,
          accepted_at: null,
          user_id: null,
        }
        await insertInvitation(tx, invitation)
        await events.record(tx, { type: 'invitation.created', tenantId, data: { invitation_id: invitation.id, role: invitation.role } })
        await outbox.enqueueMail(tx, tenantId, { template: 'invitation', to: display, secret, expiresAt: invitation.expires_at })
        return succeed(listed(invitation))
      })
    },

    async revoke(text) {
      const email = parseEmail(text)
      if (!email.ok) return fail('invalid_email')
      return database.transaction(async (tx) => ((await takeBack(tx, email.value.key)) ? succeed(undefined) : fail('not_invited')))
    },

    list: async (page) => (await listInvitations(database.read, tenantId, page)).map(listed),

    find: async (secret) => (SECRET.test(secret) ? findOpenInvitation(database.read, tenantId, sha256(secret), clock.now()) : undefined),

    spend: (tx, id) => acceptInvitation(tx, id, clock.now()),

    async welcome(tx, user, { id, role }, requester) {
      await setInvitationUser(tx, id, user.userId)
      await events.record(tx, { type: 'invitation.accepted', ...user, requester, data: { invitation_id: id } })
      if (role === null) return
      await insertRole(tx, { ...user, role, at: clock.now() })
      await events.record(tx, { type: 'user.role_granted', ...user, requester, data: { role } })
      const invited = role === ADMIN_ROLE ? await findUser(tx, tenantId, user.userId) : undefined
      if (invited) await outbox.enqueueNotice(tx, tenantId, invited, { template: 'admin_granted', at: clock.now(), language: languageFor(invited, requester) })
    },
  }
}
