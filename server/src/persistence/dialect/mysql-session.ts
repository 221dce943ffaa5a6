import mysql, { type Connection } from 'mysql2/promise'
import type { Session } from './guarded-connection.ts'

const CONNECT_TIMEOUT_MILLISECONDS = 2_000
const STATEMENT_CACHE_SIZE = 200

/** Every connection answers alike, whatever the server's defaults are. */
const SESSION_SETTINGS = [
  'set session transaction isolation level read committed',
  `set session sql_mode = 'STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'`,
  `set session time_zone = '+00:00'`,
  'set session innodb_lock_wait_timeout = 5',
  'set names utf8mb4 collate utf8mb4_bin',
]

/** One connection with our session settings. @throws the driver's error */
export async function connectMysql(url: string): Promise<Session> {
  let alive = true
  const connection = await mysql.createConnection({
    uri: url.replace(/^mariadb:/, 'mysql:'),
    connectTimeout: CONNECT_TIMEOUT_MILLISECONDS,
    charset: 'UTF8MB4_BIN',
    timezone: 'Z',
    // `count(*)` and BIGINT columns are instants and counts, below 2^53; a larger one would arrive as text.
    supportBigNumbers: true,
    // Affected rows are those that the condition matched, as the other engines count.
    flags: ['FOUND_ROWS', '-LOCAL_FILES'],
    multipleStatements: false,
    maxPreparedStatements: STATEMENT_CACHE_SIZE,
  })
  const lose = (): void => {
    alive = false
  }
  connection.on('error', lose)
  connection.on('end', lose)
  try {
    for (const setting of SESSION_SETTINGS) await connection.query({ sql: setting, timeout: CONNECT_TIMEOUT_MILLISECONDS })
  } catch (error) {
    connection.destroy()
    throw error
  }
  return {
    get alive() {
      return alive
    },
    async run(sql, parameters) {
      const [result] = await execute(connection, sql, parameters)
      if (Array.isArray(result)) return { rows: result }
      return { rows: [], numAffectedRows: BigInt((result as { affectedRows?: number }).affectedRows ?? 0) }
    },
    async close() {
      alive = false
      connection.destroy()
    },
  }
}

/** Definitions and transaction frames are run once each and some cannot be prepared; the rest goes as prepared statements. */
function execute(connection: Connection, sql: string, parameters: readonly unknown[]): ReturnType<Connection['query']> {
  if (parameters.length === 0) return connection.query(sql)
  return connection.execute(sql, parameters.map(bindExactly) as never[])
}

/** The driver sends every number as a double, which MySQL refuses in `limit` and which is no key for an index of integers. */
function bindExactly(value: unknown): unknown {
  return typeof value === 'number' && Number.isInteger(value) ? mysql.TypedParameter.LONGLONG(value) : value
}
