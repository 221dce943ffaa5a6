import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import type { Random } from '../platform/random.ts'
import type { Engine, EngineName } from './dialect/engine.ts'
import { toDatabaseUnavailable } from './failures.ts'
import { runTransaction, type Reader, type Writer } from './transaction.ts'

/** A database, whichever it is. */
export interface Database {
  readonly engine: EngineName
  /** Committed state, outside of any transaction; refuses to write. */
  readonly read: Reader
  /** See transaction.ts: returning commits, throwing rolls back, lost races are run again. */
  transaction<T>(fn: (tx: Writer) => Promise<T>): Promise<T>
  /** One round trip, two seconds at most. @throws DatabaseUnavailable */
  ping(): Promise<void>
  close(): Promise<void>
}

export interface OpenDatabaseOptions {
  /** `sqlite:path`, `postgres://`, `postgresql://`, `mysql://` or `mariadb://` */
  url: string
  /** Connections at most, for the engines that have a server. */
  poolSize?: number
  random: Random
}

const DEFAULT_POOL_SIZE = 10

const PING_WAIT_MILLISECONDS = 2_000

const engines = new WeakMap<Database, Engine>()

/**
 * A server need not be up yet: connections are made when they are needed. A SQLite file is opened, and made, at once.
 * @throws DatabaseUnavailable for a SQLite file that cannot be opened, TypeError for a URL of another kind
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const engine = await openEngine(options)
  const database: Database = {
    engine: engine.name,
    read: engine.read,
    transaction: (fn) => runTransaction(engine.write, options.random, fn),
    ping: () => ping(engine),
    close: () => engine.close(),
  }
  engines.set(database, engine)
  return database
}

/** For migrations only: they need what the engines do differently. */
export function engineOf(database: Database): Engine {
  const engine = engines.get(database)
  if (engine === undefined) throw new TypeError('not a database that openDatabase opened')
  return engine
}

async function ping(engine: Engine): Promise<void> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(toDatabaseUnavailable('no answer to a ping')), PING_WAIT_MILLISECONDS)
  try {
    await Promise.race([sql`select 1`.execute(engine.read), late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** Only the driver that is used is loaded: the others cost time at start and memory for ever. */
async function openEngine({ url, poolSize = DEFAULT_POOL_SIZE, random }: OpenDatabaseOptions): Promise<Engine> {
  const scheme = url.slice(0, url.indexOf(':') + 1)
  switch (scheme) {
    case 'sqlite:':
      return (await import('./dialect/sqlite.ts')).openSqlite({ path: sqlitePath(url), random })
    case 'postgres:':
    case 'postgresql:':
      return (await import('./dialect/postgres.ts')).openPostgres({ url, poolSize })
    case 'mysql:':
    case 'mariadb:':
      return (await import('./dialect/mysql.ts')).openMysql({ url, poolSize })
    default:
      throw new TypeError('the database URL must start with sqlite:, postgres:, postgresql:, mysql: or mariadb:')
  }
}

/** `sqlite:./a.db` and `sqlite:/a.db` are paths as they stand; `sqlite:///a.db` is a URL. */
function sqlitePath(url: string): string {
  const rest = url.slice('sqlite:'.length)
  if (rest.startsWith('//')) return fileURLToPath(`file:${rest}`)
  if (rest === '' || rest.startsWith(':')) throw new TypeError('a sqlite: URL needs the path of a file')
  return rest
}
