/**
 * - `unavailable`: the database cannot answer now
 * - `retry`: this transaction lost against another one and may be tried again from its start
 * - `unique_violation`: a unique index or primary key said no
 * - `missing_table`: the schema was never migrated
 */
export type FailureKind = 'unavailable' | 'retry' | 'unique_violation' | 'missing_table' | 'other'

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  // A Unix socket that is not there.
  'ENOENT',
])

/** Node's own errors on the way to a server. */
export function isNetworkFailure(error: Error): boolean {
  return 'syscall' in error && 'code' in error && typeof error.code === 'string' && NETWORK_CODES.has(error.code)
}
