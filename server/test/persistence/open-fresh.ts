import { randomBytes, randomUUID } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { DEFAULT_TENANT_ID } from '../../src/domain/ids.ts'
import { openDatabase, type Database, type SpentOnceTable } from '../../src/persistence/index.ts'
import { freshDatabase, type TestEngine } from '../harness/engines.ts'

export const random = { bytes: (length: number): Uint8Array => randomBytes(length) }
export const clock = { now: (): number => Date.now() }

/** A database of the test's own, gone when the test is finished. */
export async function openFresh(engine: TestEngine, options: { migrated?: boolean; poolSize?: number } = {}): Promise<{ db: Database; url: string }> {
  const { url, drop } = await freshDatabase(engine, options)
  onTestFinished(drop)
  return { db: await openAgain(url, options), url }
}

/** Another instance on the same database, as a second server would open it. */
export async function openAgain(url: string, options: { poolSize?: number } = {}): Promise<Database> {
  const db = await openDatabase({ url, random, ...(options.poolSize === undefined ? {} : { poolSize: options.poolSize }) })
  onTestFinished(() => db.close())
  return db
}

/** A row of the table that has no foreign keys and a key of free text. */
export function spent(key: string = randomUUID(), values: Partial<SpentOnceTable> = {}): SpentOnceTable {
  return { purpose: 'test', key, tenant_id: DEFAULT_TENANT_ID, spent_at: 0, expires_at: 1, ...values }
}

export async function insertSpent(db: Database, key?: string, values?: Partial<SpentOnceTable>): Promise<void> {
  await db.transaction((tx) => tx.insertInto('spent_once').values(spent(key, values)).execute())
}

export async function spentKeys(db: Database): Promise<string[]> {
  const rows = await db.read.selectFrom('spent_once').select('key').orderBy('key').execute()
  return rows.map(({ key }) => key)
}
