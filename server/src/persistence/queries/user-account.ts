import { sql, type Kysely, type Transaction } from 'kysely'
import type { TenantId, UserId } from '../../domain/ids.ts'
import type { E164 } from '../../domain/phone.ts'
import { fixedQuery } from '../fixed-query.ts'
import type { Schema } from '../schema.ts'

/** An account with its identities and roles, as every door shows it. An anonymous one has no identity at all. */
export interface UserRecord {
  readonly id: UserId
  readonly displayName: string | null
  /** BCP 47 tag of the language to write to them in. */
  readonly language: string | null
  readonly disabledAt: number | null
  readonly createdAt: number
  readonly isAnonymous: boolean
  /** Grows with every change of what proves the owner. */
  readonly protectionVersion: number
  /** The primary one, as are the two that follow; null for who signed up by something else. */
  readonly email: string | null
  readonly emailKey: string | null
  readonly emailVerifiedAt: number | null
  /** The oldest verified number, as it is shown. */
  readonly phone: string | null
  readonly phoneKey: E164 | null
  readonly username: string | null
  readonly roles: readonly string[]
}

/** What `toUserRecord` reads besides `user_id`: of the account `u`, an identity `i`, a role `r` and the primary address `p`. */
export const USER_COLUMNS = [
  'u.created_at as user_created_at',
  'u.display_name',
  'u.language',
  'u.disabled_at',
  'u.anonymous_at',
  'u.protection_version',
  'i.kind as identity_kind',
  'i.display',
  'i.key_normalised',
  'i.verified_at',
  'r.role',
  'i.id as identity_id',
  'p.identity_id as primary_id',
] as const

const selectUser = fixedQuery((db, its: { tenantId: TenantId; userId: UserId }) =>
  db
    .selectFrom('user_account as u')
    .leftJoin('identity as i', 'i.user_id', 'u.id')
    .leftJoin('user_role as r', 'r.user_id', 'u.id')
    .leftJoin('primary_email as p', 'p.user_id', 'u.id')
    .where('u.tenant_id', '=', its.tenantId)
    .where('u.id', '=', its.userId)
    .select(['u.id as user_id', ...USER_COLUMNS]),
)

/** An account beside one of its identities and one of its roles; all null where what was asked for has no account. */
export interface UserRow {
  readonly user_id: UserId | null
  readonly user_created_at: number | null
  readonly display_name: string | null
  readonly language: string | null
  readonly disabled_at: number | null
  readonly anonymous_at: number | null
  readonly protection_version: number | null
  readonly identity_kind: string | null
  readonly display: string | null
  readonly key_normalised: string | null
  readonly verified_at: number | null
  readonly role: string | null
  readonly identity_id: string | null
  readonly primary_id: string | null
}

export async function findUser(db: Kysely<Schema>, tenantId: TenantId, userId: UserId): Promise<UserRecord | undefined> {
  return toUserRecord((await selectUser(db, { tenantId, userId })).rows)
}

/** From one row for each pair of identity and role. */
export function toUserRecord(rows: readonly UserRow[]): UserRecord | undefined {
  const [account] = rows
  if (!account || account.user_id === null || account.user_created_at === null) return undefined
  const email = primaryOf(rows.filter((row) => row.identity_kind === 'email'))
  const username = rows.find((row) => row.identity_kind === 'username')
  const phone = oldestOf(rows.filter((row) => row.identity_kind === 'phone' && row.verified_at !== null))
  return {
    id: account.user_id,
    displayName: account.display_name,
    language: account.language,
    disabledAt: account.disabled_at,
    createdAt: account.user_created_at,
    isAnonymous: account.anonymous_at !== null,
    protectionVersion: account.protection_version ?? 0,
    email: email?.display ?? null,
    emailKey: email?.key_normalised ?? null,
    emailVerifiedAt: email?.verified_at ?? null,
    phone: phone?.display ?? null,
    phoneKey: (phone?.key_normalised as E164 | undefined) ?? null,
    username: username?.display ?? null,
    roles: [...new Set(rows.flatMap(({ role }) => role ?? []))].sort(),
  }
}

/** The address that was made the primary one, else the oldest: ids grow with time. */
function primaryOf<Row extends { identity_id: string | null; primary_id: string | null }>(rows: readonly Row[]): Row | undefined {
  return rows.find((row) => row.identity_id === row.primary_id) ?? oldestOf(rows)
}

function oldestOf<Row extends { identity_id: string | null }>(rows: readonly Row[]): Row | undefined {
  return rows.toSorted((a, b) => ((a.identity_id ?? '') < (b.identity_id ?? '') ? -1 : 1))[0]
}

/** `createdAt` is `at` unless the account is older than its row here. */
export async function insertUser(
  tx: Transaction<Schema>,
  user: { id: UserId; tenantId: TenantId; at: number; displayName?: string | null; language?: string | undefined; createdAt?: number; isAnonymous?: true },
): Promise<void> {
  await tx
    .insertInto('user_account')
    .values({
      id: user.id,
      tenant_id: user.tenantId,
      display_name: user.displayName ?? null,
      language: user.language ?? null,
      disabled_at: null,
      anonymous_at: user.isAnonymous ? user.at : null,
      protection_version: null,
      created_at: user.createdAt ?? user.at,
      updated_at: user.at,
    })
    .execute()
}

export async function updateDisplayName(tx: Transaction<Schema>, userId: UserId, displayName: string | null, at: number): Promise<void> {
  await tx.updateTable('user_account').set({ display_name: displayName, updated_at: at }).where('id', '=', userId).execute()
}

export async function updateLanguage(tx: Transaction<Schema>, userId: UserId, language: string): Promise<void> {
  await tx.updateTable('user_account').set({ language }).where('id', '=', userId).execute()
}

const updateNothing = fixedQuery((db, its: { userId: UserId }) =>
  db
    .updateTable('user_account')
    .set((set) => ({ updated_at: set.ref('updated_at') }))
    .where('id', '=', its.userId),
)

/** Holds the account until the transaction ends: changes of what proves its owner happen one after another. */
export async function lockUser(tx: Transaction<Schema>, userId: UserId): Promise<void> {
  await updateNothing(tx, { userId })
}

/** The same for who is about to change any of that: sign-ins that are under way are over. */
export async function lockUserForChange(tx: Transaction<Schema>, userId: UserId): Promise<void> {
  await tx
    .updateTable('user_account')
    .set({ protection_version: sql`coalesce(protection_version, 0) + 1` })
    .where('id', '=', userId)
    .execute()
}

/** Sets or lifts the disabled mark; false when it already stood so. */
export async function setDisabled(tx: Transaction<Schema>, userId: UserId, disabledAt: number | null, at: number): Promise<boolean> {
  const result = await tx
    .updateTable('user_account')
    .set({ disabled_at: disabledAt, updated_at: at })
    .where('id', '=', userId)
    .where('disabled_at', disabledAt === null ? 'is not' : 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Identities, authenticators, roles, sessions and tokens go with the account; events stay. */
export async function deleteUser(tx: Transaction<Schema>, tenantId: TenantId, userId: UserId): Promise<boolean> {
  const result = await tx.deleteFrom('user_account').where('tenant_id', '=', tenantId).where('id', '=', userId).executeTakeFirst()
  return result.numDeletedRows === 1n
}
