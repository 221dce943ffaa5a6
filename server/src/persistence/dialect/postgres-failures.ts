import { isNetworkFailure, type FailureKind } from './failure-kind.ts'

/** SQLSTATE, PostgreSQL appendix A. */
const KINDS: Record<string, FailureKind> = {
  '23505': 'unique_violation',
  '40001': 'retry',
  '40P01': 'retry',
  '42P01': 'missing_table',
  '25006': 'unavailable', // read-only transaction: a standby, or a failover under way
  '25P03': 'unavailable', // idle in transaction for too long
  '28000': 'unavailable', // the role is refused
  '28P01': 'unavailable', // its password is refused
  '3D000': 'unavailable', // the database does not exist
  '55P03': 'unavailable', // lock not available
  '57014': 'unavailable', // statement timeout
  '57P01': 'unavailable', // shutting down
  '57P02': 'unavailable', // crashing
  '57P03': 'unavailable', // starting
  '57P05': 'unavailable', // idle session timeout
  '58030': 'unavailable', // I/O error
}

/** Classes: connection exceptions, insufficient resources (disk, memory, connections). */
const UNAVAILABLE_CLASSES = new Set(['08', '53'])

/** What the driver itself says. */
const DRIVER_CODES = new Set(['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT'])

export function classifyPostgresFailure(error: Error): FailureKind {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (DRIVER_CODES.has(code) || isNetworkFailure(error)) return 'unavailable'
  if (error.name !== 'PostgresError') return 'other'
  return KINDS[code] ?? (UNAVAILABLE_CLASSES.has(code.slice(0, 2)) ? 'unavailable' : 'other')
}
