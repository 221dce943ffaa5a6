/**
 * What a database error means to the rest of the server. The lists of codes live with each engine in dialect/; here they
 * become one of five kinds, so that nothing above ever looks at a code.
 */
import { Unavailable } from '../platform/unavailable.ts'
import { classifyMysqlFailure } from './dialect/mysql-failures.ts'
import { classifyPostgresFailure } from './dialect/postgres-failures.ts'
import { classifySqliteFailure } from './dialect/sqlite-failures.ts'
import type { FailureKind } from './dialect/failure-kind.ts'

/**
 * The database cannot answer now: away, refusing, out of connections or disk, read-only, or a lock was not had in time.
 * Nothing of the transaction was kept, except when the connection broke during the commit itself: then nobody knows,
 * and the caller must treat it as not done. Doors answer 503 with Retry-After.
 */
export class DatabaseUnavailable extends Unavailable {
  override readonly name: string = 'DatabaseUnavailable'
}

/** Not `message` of the driver: it may hold values. The cause keeps it for the log. */
export function toDatabaseUnavailable(reason: string, cause?: unknown): DatabaseUnavailable {
  return cause instanceof DatabaseUnavailable ? cause : new DatabaseUnavailable(`database unavailable: ${reason}`, { cause })
}

/** The kind of any error that a driver threw; errors that are not a driver's are `other`. */
export function classifyFailure(error: unknown): FailureKind {
  if (error instanceof DatabaseUnavailable) return 'unavailable'
  if (!(error instanceof Error)) return 'other'
  for (const classify of [classifySqliteFailure, classifyPostgresFailure, classifyMysqlFailure]) {
    const kind = classify(error)
    if (kind !== 'other') return kind
  }
  return 'other'
}

/** A unique index or primary key said no, on any engine. */
export function isUniqueViolation(error: unknown): boolean {
  return classifyFailure(error) === 'unique_violation'
}
