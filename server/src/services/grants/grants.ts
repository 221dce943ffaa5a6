import type { Transaction } from 'kysely'
import type { ArtifactKind } from '../../domain/artifact-kind.ts'
import { parseEmail } from '../../domain/email.ts'
import type { OAuthClientId, TenantId } from '../../domain/ids.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { Database } from '../../persistence/index.ts'
import { isUniqueViolation } from '../../persistence/index.ts'
import { findIdentity } from '../../persistence/queries/identity.ts'
import type { FoundArtifact } from '../../persistence/queries/oauth-artifact.ts'
import { consumeArtifact, deleteArtifact, findArtifact, insertArtifactOnce, insertArtifacts, updateArtifact } from '../../persistence/queries/oauth-artifact.ts'
import { noteClientUse } from '../../persistence/queries/oauth-registration.ts'
import { findConsent } from '../../persistence/queries/oauth-consent.ts'
import { deleteGrant, findGrant, insertGrant, listClientSessions, putClientSession, updateGrant } from '../../persistence/queries/oauth-grant.ts'
import { findUser, lockUser } from '../../persistence/queries/user-account.ts'
import { insertSpent } from '../../persistence/queries/spent-once.ts'
import type { OAuthArtifactTable, Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import { sha256 } from '../../platform/digest.ts'
import type { Events } from '../events/index.ts'
import { keyOf } from './artifact-key.ts'
import { createConsentRequests } from './consent-requests.ts'
import { createSignInRequests } from './sign-in-requests.ts'
import type { GrantChange, Grants, Payload, StoredArtifact } from './grant-types.ts'

const OF_CLIENTS: ReadonlySet<ArtifactKind> = new Set(['access_token', 'client_credentials'])

/** A guard in a statement did not hold: the transaction is undone, and whoever asked is refused. */
class AlreadySpent extends Error {}

export function createGrants({ database, clock, events, tenantId }: { database: Database; clock: Clock; events: Events; tenantId: TenantId }): Grants {
  async function load(key: string): Promise<StoredArtifact | undefined> {
    const found = await findArtifact(database.read, key)
    if (!found || found.tenant_id !== tenantId || !stands(found, clock.now())) return undefined
    const { grant } = found
    return {
      payload: JSON.parse(found.payload) as Payload,
      consumedAt: found.consumed_at,
      sessionId: found.session_id,
      outlivesSession: found.outlives_session === 1,
      grant: grant && { id: grant.id, payload: JSON.parse(grant.payload) as Payload },
      endsAt: endOf(found),
      holder: found.holder,
    }
  }

  function rowOf(saved: Extract<GrantChange, { change: 'save' }>): OAuthArtifactTable {
    return {
      key: keyOf(saved.kind, saved.value),
      tenant_id: tenantId,
      kind: saved.kind,
      grant_id: saved.grantId,
      client_id: saved.clientId,
      session_id: saved.sessionId,
      outlives_session: saved.outlivesSession ? 1 : 0,
      user_code_hash: saved.userCode === null ? null : sha256(saved.userCode),
      payload: JSON.stringify(saved.payload),
      created_at: clock.now(),
      expires_at: saved.expiresAt,
      consumed_at: null,
    }
  }

  async function apply(tx: Transaction<Schema>, change: Exclude<GrantChange, { change: 'save' }>): Promise<void> {
    switch (change.change) {
      case 'consume':
        if (!(await consumeArtifact(tx, keyOf(change.kind, change.value), clock.now()))) throw new AlreadySpent()
        return
      case 'delete':
        await deleteArtifact(tx, keyOf(change.kind, change.value))
        return noteRevoked(tx, change)
      case 'revoke_unkept': {
        const { kind, value, clientId, expiresAt } = change
        const row = rowOf({ change: 'save', kind, value, clientId, expiresAt, isKnown: false, payload: {}, grantId: null, sessionId: null, outlivesSession: true, userCode: null })
        if (await insertArtifactOnce(tx, { ...row, consumed_at: clock.now() })) await noteRevoked(tx, change)
        return
      }
      case 'save_grant': {
        const payload = JSON.stringify(change.payload)
        if (change.isKnown) {
          if (!(await updateGrant(tx, change.id, { payload, expires_at: change.expiresAt }))) throw new AlreadySpent()
          return
        }
        const { id, userId, clientId, sessionId, expiresAt } = change
        return insertGrant(tx, { id, tenant_id: tenantId, client_id: clientId, user_id: userId, session_id: sessionId, payload, created_at: clock.now(), expires_at: expiresAt })
      }
      case 'require_consent':
        // Whoever takes it back holds the account too, and comes before this or after it.
        await lockUser(tx, change.userId)
        if (!(await findConsent(tx, change.userId, change.clientId))) throw new AlreadySpent()
        return
      case 'record_event':
        return events.record(tx, { type: change.type, tenantId, actorUserId: null, userId: change.userId, data: change.data })
      case 'note_client_use':
        return noteClientUse(tx, tenantId, change.clientId, clock.now())
      case 'revoke_grant': {
        const revoked = await findGrant(tx, change.id)
        if (!revoked) return
        await deleteGrant(tx, change.id)
        return events.record(tx, { type: 'grant.revoked', tenantId, actorUserId: null, userId: revoked.user_id, data: { client_id: revoked.client_id } })
      }
      case 'put_client_session':
        return putClientSession(tx, { session_id: change.sessionId, client_id: change.clientId, tenant_id: tenantId, sid: change.sid, grant_id: change.grantId, created_at: clock.now() })
    }
  }

  /** Whoever remembers what a client's token says hears of its end. */
  async function noteRevoked(tx: Transaction<Schema>, { kind, clientId }: { kind: ArtifactKind; clientId: OAuthClientId | null }): Promise<void> {
    if (!OF_CLIENTS.has(kind) || clientId === null) return
    await events.record(tx, { type: 'token.revoked', tenantId, data: { client_id: clientId } })
  }

  return {
    find: (kind, value) => load(keyOf(kind, value)),

    async findGrant(id) {
      const found = await findGrant(database.read, id)
      return found?.tenant_id === tenantId ? (JSON.parse(found.payload) as Payload) : undefined
    },

    async findHolderByEmail(email) {
      const parsed = parseEmail(email)
      const identity = parsed.ok ? await findIdentity(database.read, tenantId, 'email', parsed.value.key) : undefined
      return identity && identity.verifiedAt !== null ? findUser(database.read, tenantId, identity.userId) : undefined
    },

    findHolder: (userId) => findUser(database.read, tenantId, userId),

    async clientSessions(sessionId) {
      return (await listClientSessions(database.read, sessionId)).map((row) => ({ clientId: row.client_id, sid: row.sid, grantId: row.grant_id }))
    },

    async commit(changes) {
      if (changes.length === 0) return succeed(undefined)
      try {
        await database.transaction(async (tx) => {
          const inserted: OAuthArtifactTable[] = []
          for (const change of changes) {
            if (change.change !== 'save') await apply(tx, change)
            else if (!change.isKnown) inserted.push(rowOf(change))
            else {
              const { payload, expires_at, grant_id, session_id, outlives_session, key } = rowOf(change)
              if (!(await updateArtifact(tx, key, { payload, expires_at, grant_id, session_id, outlives_session }))) throw new AlreadySpent()
            }
          }
          // One statement for everything that is issued at once.
          await insertArtifacts(tx, inserted)
        })
        return succeed(undefined)
      } catch (error) {
        if (error instanceof AlreadySpent) return fail('already_spent')
        throw error
      }
    },

    async spendOnce(purpose, key, expiresAt) {
      try {
        await database.transaction((tx) => insertSpent(tx, { tenantId, purpose, key, at: clock.now(), expiresAt }))
        return true
      } catch (error) {
        if (isUniqueViolation(error)) return false
        throw error
      }
    },

    async consentOf(userId, clientId) {
      return new Set((await findConsent(database.read, userId, clientId))?.scope.split(' '))
    },

    ...createConsentRequests({ database, clock, events }),
    ...createSignInRequests({ database, clock, tenantId }),
  }
}

function endOf({ expires_at: expiresAt, grant, session, outlives_session: outlives }: FoundArtifact): number {
  return Math.min(expiresAt, grant?.expiresAt ?? Infinity, outlives === 1 ? Infinity : (session?.runsOutAt ?? Infinity))
}

/** Ending a session ends what it granted; running out by itself ends only what is bound to it. */
function stands({ grant_id: grantId, grant, session_id: sessionId, session, outlives_session: outlives, holder }: FoundArtifact, now: number): boolean {
  if (grantId !== null && (grant === undefined || grant.expiresAt <= now)) return false
  if (holder !== undefined && holder.disabledAt !== null) return false
  if (sessionId === null) return true
  if (session === undefined) return outlives === 1
  return session.endedAt === null && (outlives === 1 || session.runsOutAt > now)
}
