import type { FailureKind } from './failure-kind.ts'

/** Extended result codes, https://www.sqlite.org/rescode.html */
const UNIQUE_VIOLATIONS = new Set([2067, 1555, 2579])

/** Primary result codes (the low byte): BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN, PROTOCOL. */
const UNAVAILABLE = new Set([5, 6, 8, 10, 13, 14, 15])

const GENERIC_ERROR = 1
const BUSY = 5

export function classifySqliteFailure(error: Error): FailureKind {
  const code = resultCode(error)
  if (code === undefined) return 'other'
  if (UNIQUE_VIOLATIONS.has(code)) return 'unique_violation'
  if (UNAVAILABLE.has(code & 0xff)) return 'unavailable'
  // SQLite has no code of its own for this one.
  if (code === GENERIC_ERROR && error.message.includes('no such table')) return 'missing_table'
  return 'other'
}

/** Another connection, of this process or another, holds the lock. */
export function isSqliteBusy(error: unknown): boolean {
  const code = error instanceof Error ? resultCode(error) : undefined
  return code !== undefined && (code & 0xff) === BUSY
}

function resultCode(error: Error): number | undefined {
  return 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : undefined
}
