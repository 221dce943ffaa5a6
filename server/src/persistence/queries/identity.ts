import type { Kysely, Transaction } from 'kysely'
import type { IdentityId, TenantId, UserId } from '../../domain/ids.ts'
import { fixedQuery } from '../fixed-query.ts'
import type { Schema } from '../schema.ts'

export interface IdentityRecord {
  readonly userId: UserId
  readonly kind: 'email' | 'username' | 'phone'
  readonly key: string
  readonly display: string
  readonly verifiedAt: number | null
}

const selectIdentity = fixedQuery((db, its: { tenantId: TenantId; kind: IdentityRecord['kind']; key: string }) =>
  db
    .selectFrom('identity')
    .select(['user_id', 'kind', 'key_normalised', 'display', 'verified_at'])
    .where('tenant_id', '=', its.tenantId)
    .where('kind', '=', its.kind)
    .where('key_normalised', '=', its.key),
)

export async function findIdentity(
  db: Kysely<Schema>,
  tenantId: TenantId,
  kind: IdentityRecord['kind'],
  key: string,
): Promise<IdentityRecord | undefined> {
  const [row] = (await selectIdentity(db, { tenantId, kind, key })).rows
  return row && { userId: row.user_id, kind: row.kind, key: row.key_normalised, display: row.display, verifiedAt: row.verified_at }
}

/** Which of the keys somebody has already. Ask for a few hundred at a time. */
export async function findTakenKeys(
  db: Kysely<Schema>,
  tenantId: TenantId,
  kind: IdentityRecord['kind'],
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set()
  const rows = await db
    .selectFrom('identity')
    .select('key_normalised')
    .where('tenant_id', '=', tenantId)
    .where('kind', '=', kind)
    .where('key_normalised', 'in', keys)
    .execute()
  return new Set(rows.map((row) => row.key_normalised))
}

export interface NewIdentity {
  readonly id: IdentityId
  readonly tenantId: TenantId
  readonly userId: UserId
  readonly kind: IdentityRecord['kind']
  readonly key: string
  readonly display: string
  readonly verifiedAt: number | null
  readonly at: number
}

/** Throws a unique violation when the key is taken: the index is the guard, not a read before it. */
export async function insertIdentity(tx: Transaction<Schema>, identity: NewIdentity): Promise<void> {
  await tx
    .insertInto('identity')
    .values({
      id: identity.id,
      tenant_id: identity.tenantId,
      user_id: identity.userId,
      kind: identity.kind,
      key_normalised: identity.key,
      display: identity.display,
      verified_at: identity.verifiedAt,
      created_at: identity.at,
    })
    .execute()
}

/** Throws a unique violation when another account holds the key. */
export async function replaceIdentityKey(
  tx: Transaction<Schema>,
  userId: UserId,
  kind: IdentityRecord['kind'],
  to: { key: string; display: string; verifiedAt: number | null },
): Promise<void> {
  await tx
    .updateTable('identity')
    .set({ key_normalised: to.key, display: to.display, verified_at: to.verifiedAt })
    .where('user_id', '=', userId)
    .where('kind', '=', kind)
    .execute()
}

/** True when this call was the one that proved the address or number. */
export async function markIdentityVerified(
  tx: Transaction<Schema>,
  userId: UserId,
  key: string,
  at: number,
  kind: 'email' | 'phone' = 'email',
): Promise<boolean> {
  const result = await tx
    .updateTable('identity')
    .set({ verified_at: at })
    .where('user_id', '=', userId)
    .where('kind', '=', kind)
    .where('key_normalised', '=', key)
    .where('verified_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
