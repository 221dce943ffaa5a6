import { isNetworkFailure, type FailureKind } from './failure-kind.ts'

/** Error numbers of MariaDB and MySQL 8. */
const KINDS: Record<number, FailureKind> = {
  1020: 'retry', // record changed since last read (MariaDB)
  1213: 'retry', // deadlock
  1062: 'unique_violation',
  1586: 'unique_violation',
  1146: 'missing_table',
  1021: 'unavailable', // disk full
  1030: 'unavailable', // storage engine
  1040: 'unavailable', // too many connections
  1042: 'unavailable',
  1043: 'unavailable', // bad handshake
  1044: 'unavailable', // the role may not use the database
  1045: 'unavailable', // the password is refused
  1049: 'unavailable', // the database does not exist
  1053: 'unavailable', // shutting down
  1077: 'unavailable',
  1114: 'unavailable', // table full
  1129: 'unavailable', // host blocked
  1152: 'unavailable', // aborted connection
  1158: 'unavailable',
  1159: 'unavailable',
  1160: 'unavailable',
  1161: 'unavailable',
  1184: 'unavailable',
  1203: 'unavailable', // too many connections of this user
  1205: 'unavailable', // lock wait
  1226: 'unavailable', // a limit of this user
  1290: 'unavailable', // --read-only
  1317: 'unavailable', // interrupted
  1792: 'unavailable', // read-only transaction
  1836: 'unavailable', // read-only mode
  1927: 'unavailable', // connection killed
  1969: 'unavailable', // statement timeout (MariaDB)
  3024: 'unavailable', // statement timeout (MySQL)
  4031: 'unavailable', // disconnected while idle (MySQL)
}

/** ER_DUP_KEYNAME: an index of this name is there already. */
export const DUPLICATE_INDEX_NAME = 1061
/** ER_CANT_DROP_FIELD_OR_KEY. */
export const NOTHING_TO_DROP = 1091
/** ER_DUP_FIELDNAME. */
export const DUPLICATE_COLUMN_NAME = 1060

export function classifyMysqlFailure(error: Error): FailureKind {
  if (isNetworkFailure(error)) return 'unavailable'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code.startsWith('PROTOCOL_') || code === 'ETIMEDOUT') return 'unavailable'
  const number = mysqlErrorNumber(error)
  return number === undefined ? 'other' : (KINDS[number] ?? 'other')
}

/** The server's error number; undefined for an error of another origin. */
export function mysqlErrorNumber(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('sqlState' in error) || !('errno' in error)) return undefined
  return typeof error.errno === 'number' ? error.errno : undefined
}
