import { setTimeout as wait } from 'node:timers/promises'
import { sql, type Kysely, type Transaction } from 'kysely'
import type { Random } from '../platform/random.ts'
import { KEEP_ATTEMPT, SAVE_ATTEMPT, UNDO_ATTEMPT } from './dialect/guarded-connection.ts'
import { classifyFailure, isUniqueViolation, toDatabaseUnavailable } from './failures.ts'
import type { Schema } from './schema.ts'

/** Reads take this: committed state, outside of any transaction. */
export type Reader = Kysely<Schema>
/** Writes take this. A read accepts it too, and then sees the transaction's own writes. */
export type Writer = Transaction<Schema>

const TRIES = 3
const RETRY_DELAY_MILLISECONDS = { least: 5, most: 50 }

/**
 * Runs `fn` in one transaction: returning commits, throwing rolls back. A transaction that lost a deadlock is run again,
 * so `fn` must change nothing but the database. Inside it only `tx` is in scope: another transaction, or on a small pool
 * another read, would wait for this one.
 * @throws DatabaseUnavailable, or what `fn` threw, or the failure of a statement even when `fn` caught it
 */
export async function runTransaction<T>(db: Kysely<Schema>, random: Random, fn: (tx: Writer) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await db.transaction().execute(fn)
    } catch (error) {
      if (classifyFailure(error) !== 'retry') throw error
      if (tries === TRIES) throw toDatabaseUnavailable('the transaction kept losing against others', error)
    }
    await wait(retryDelay(random))
  }
}

/**
 * Runs one insert that may find its unique key taken, without losing the transaction.
 * @returns false when the key is taken; nothing of the insert is kept then
 */
export async function insertUnlessTaken(tx: Writer, insert: () => Promise<unknown>): Promise<boolean> {
  await sql.raw(SAVE_ATTEMPT).execute(tx)
  try {
    await insert()
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    await sql.raw(UNDO_ATTEMPT).execute(tx)
    return false
  }
  await sql.raw(KEEP_ATTEMPT).execute(tx)
  return true
}

function retryDelay(random: Random): number {
  const { least, most } = RETRY_DELAY_MILLISECONDS
  return least + ((random.bytes(1)[0] ?? 0) / 255) * (most - least)
}
