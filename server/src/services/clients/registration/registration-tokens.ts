import type { Transaction } from 'kysely'
import type { RegistrationTokenId, TenantId } from '../../../domain/ids.ts'
import type { Database } from '../../../persistence/index.ts'
import {
  findUsableRegistrationToken,
  insertRegistrationToken,
  listRegistrationTokens,
  purgeRegistrationTokens,
  revokeRegistrationToken,
  spendRegistrationToken,
} from '../../../persistence/queries/oauth-registration-token.ts'
import type { Schema } from '../../../persistence/schema.ts'
import type { Clock } from '../../../platform/clock.ts'
import { sha256 } from '../../../platform/digest.ts'
import type { Random } from '../../../platform/random.ts'
import { newId, newSecret } from '../../../platform/random.ts'
import type { Events } from '../../events/index.ts'
import { REGISTRATION_TOKENS_KEPT_MS } from '../lifetimes.ts'

/** The exact text form of our secrets: anything else is refused before the database is asked. */
export const SECRET = /^[A-Za-z0-9_-]{43}$/
const LISTED = 100

/** An initial access token (RFC 7591 section 3), without itself. Instants are milliseconds UTC. */
export interface ListedRegistrationToken {
  readonly id: RegistrationTokenId
  readonly createdAt: number
  readonly expiresAt: number
  readonly uses: number
  readonly used: number
  readonly revokedAt: number | null
}

export interface RegistrationTokens {
  /** `token`: shown this once; only its hash is kept. */
  create(of: { lifetimeMs: number; uses: number }): Promise<ListedRegistrationToken & { readonly token: string }>
  /** The newest hundred. */
  list(): Promise<ListedRegistrationToken[]>
  /** False when there is none, or it was revoked before. */
  revoke(id: string): Promise<boolean>
  find(presented: string): Promise<RegistrationTokenId | undefined>
  /** True for no more parallel calls than it has uses. */
  spend(tx: Transaction<Schema>, id: RegistrationTokenId): Promise<boolean>
  purge(): Promise<void>
}

export function createRegistrationTokens({ database, clock, random, events, tenantId }: { database: Database; clock: Clock; random: Random; events: Events; tenantId: TenantId }): RegistrationTokens {
  return {
    async create({ lifetimeMs, uses }) {
      const token = newSecret(random)
      const at = clock.now()
      const row = { id: newId<RegistrationTokenId>(clock, random), tenant_id: tenantId, token_hash: sha256(token), created_at: at, expires_at: at + lifetimeMs, uses, used: 0, revoked_at: null }
      await database.transaction(async (tx) => {
        await insertRegistrationToken(tx, row)
        await events.record(tx, { type: 'client.registration_token_created', tenantId, data: { registration_token_id: row.id, uses, expires_at: row.expires_at } })
      })
      return { id: row.id, createdAt: at, expiresAt: row.expires_at, uses, used: 0, revokedAt: null, token }
    },

    async list() {
      const rows = await listRegistrationTokens(database.read, tenantId, LISTED)
      return rows.map((row) => ({ id: row.id, createdAt: row.created_at, expiresAt: row.expires_at, uses: row.uses, used: row.used, revokedAt: row.revoked_at }))
    },

    revoke: (id) =>
      database.transaction(async (tx) => {
        const isRevoked = await revokeRegistrationToken(tx, tenantId, id as RegistrationTokenId, clock.now())
        if (isRevoked) await events.record(tx, { type: 'client.registration_token_revoked', tenantId, data: { registration_token_id: id } })
        return isRevoked
      }),

    find: async (presented) => (SECRET.test(presented) ? findUsableRegistrationToken(database.read, tenantId, sha256(presented), clock.now()) : undefined),
    spend: (tx, id) => spendRegistrationToken(tx, id, clock.now()),
    purge: () => database.transaction((tx) => purgeRegistrationTokens(tx, clock.now() - REGISTRATION_TOKENS_KEPT_MS)),
  }
}
