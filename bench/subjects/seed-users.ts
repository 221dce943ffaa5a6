import { randomBytes } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { hash } from '@node-rs/argon2'
import { DEFAULT_TENANT_ID } from '../../server/src/domain/ids.ts'
import { migrateUp, openDatabase } from '../../server/src/persistence/index.ts'
import { ARGON2_COST } from './argon2-cost.ts'
import { BENCH_PASSWORD } from './bench-users.ts'
import { onPostgres } from './start-postgres.ts'

/** Migrates an empty database and fills it with verified users who all have BENCH_PASSWORD. */
export async function seedUsers(url: string, count: number): Promise<void> {
  const database = await openDatabase({ url, random: { bytes: (length: number) => randomBytes(length) } })
  try {
    await migrateUp(database, { clock: { now: () => Date.now() } })
  } finally {
    await database.close()
  }
  const statements = seedStatements(count, await hash(BENCH_PASSWORD, ARGON2_COST), url.startsWith('sqlite:') ? `printf('%012x', i)` : `lpad(to_hex(i), 12, '0')`)
  if (url.startsWith('sqlite:')) seedSqlite(url.slice('sqlite:'.length), statements)
  else await onPostgres(url, [...statements, 'analyze'].join(';'))
}

/** `hexOfI` spells the number i as twelve hexadecimal digits in the engine's SQL; ids ascend like real UUIDv7. */
function seedStatements(count: number, phc: string, hexOfI: string): string[] {
  const now = Date.now()
  const id = (kind: string) => `'0190000${kind}-0000-7000-8000-' || ${hexOfI}`
  const from = `from (with recursive n(i) as (select 0 union all select i + 1 from n where i < ${count - 1}) select i from n) as numbers`
  const identity = (kind: 'email' | 'username', idKind: string, key: string) =>
    `insert into identity (id, tenant_id, user_id, kind, key_normalised, display, verified_at, created_at)
     select ${id(idKind)}, '${DEFAULT_TENANT_ID}', ${id('0')}, '${kind}', ${key}, ${key}, ${now}, ${now} ${from}`
  return [
    `insert into user_account (id, tenant_id, display_name, disabled_at, created_at, updated_at)
     select ${id('0')}, '${DEFAULT_TENANT_ID}', null, null, ${now}, ${now} ${from}`,
    identity('email', '1', `'user' || i || '@bench.example'`),
    identity('username', '2', `'user' || i`),
    `insert into authenticator_password (user_id, tenant_id, hash, created_at, updated_at)
     select ${id('0')}, '${DEFAULT_TENANT_ID}', '${phc}', ${now}, ${now} ${from}`,
  ]
}

function seedSqlite(path: string, statements: readonly string[]): void {
  const database = new DatabaseSync(path)
  try {
    for (const statement of ['pragma synchronous = off', 'begin', ...statements, 'commit', 'analyze', 'pragma wal_checkpoint(truncate)']) database.exec(statement)
  } finally {
    database.close()
  }
}
