/**
 * Real services for tests: loopback only, on a free port, with their data in a temporary folder.
 */
import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export interface TestService {
  readonly url: string
  /** Of the process that runs now. */
  readonly pid: number
  /** Ends the process and keeps the data; `start` brings it back at the same address. */
  kill(signal: NodeJS.Signals): Promise<void>
  start(): Promise<void>
  /** Ends the process and removes the data. */
  stop(): Promise<void>
}

export interface ServiceProcess {
  url: string
  folder: string
  spawn(): ChildProcess
  /** Throws until the service answers. */
  probe(): Promise<void>
}

const START_TIMEOUT_MILLISECONDS = 60_000
const RESTARTS = 20
const PROBE_INTERVAL_MILLISECONDS = 50
/** More than a busy machine needs; a wait that is longer names itself instead of the test that waited. */
const PROBE_TIMEOUT_MILLISECONDS = 10_000
const END_TIMEOUT_MILLISECONDS = 20_000

/** Below what systems give to connections and to whoever listens on any port (Linux 32768, others 49152). */
const PORTS = { least: 20_000, most: 32_767 }

/** Starts the process and keeps hold of it until it is stopped. */
export async function runService(name: string, service: ServiceProcess): Promise<TestService> {
  let child: ChildProcess | undefined
  let output = ''

  // A test run that ends early must not leave servers behind.
  const killAtExit = (): void => void child?.kill('SIGKILL')
  process.on('exit', killAtExit)

  function spawnOnce(): ChildProcess {
    const spawned = service.spawn()
    const collect = (chunk: Buffer): void => void (output = (output + chunk.toString()).slice(-4_000))
    spawned.stdout?.on('data', collect)
    spawned.stderr?.on('data', collect)
    spawned.on('error', (error) => (output += error.message))
    return spawned
  }

  async function start(): Promise<void> {
    child = spawnOnce()
    let exits = 0
    const deadline = performance.now() + START_TIMEOUT_MILLISECONDS
    for (;;) {
      try {
        return await within(PROBE_TIMEOUT_MILLISECONDS, `${name} to answer`, service.probe())
      } catch (error) {
        const ended = child.exitCode !== null || child.signalCode !== null
        if ((ended && ++exits > RESTARTS) || performance.now() > deadline) throw new Error(`${name} did not start:\n${output}`, { cause: error })
        // After a kill, what is left of the old process may still hold the data for a moment.
        if (ended) child = spawnOnce()
      }
      await wait(PROBE_INTERVAL_MILLISECONDS)
    }
  }

  async function kill(signal: NodeJS.Signals): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const exited = new Promise<void>((resolve) => child?.once('exit', () => resolve()))
    const ofChild = childrenOf(child.pid ?? 0)
    child.kill(signal)
    await within(END_TIMEOUT_MILLISECONDS, `${name} to end after ${signal}`, exited)
    // A process of PostgreSQL that was in the middle of something answers for a moment more.
    await within(END_TIMEOUT_MILLISECONDS, `the processes of ${name} to end after ${signal}`, allGone(ofChild))
  }

  await start()
  return {
    url: service.url,
    get pid() {
      return child?.pid ?? 0
    },
    kill,
    start,
    async stop() {
      await kill('SIGKILL')
      process.off('exit', killAtExit)
      await rm(service.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}

/** A folder of its own that another user of the machine may be given. */
export async function makeServiceFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `gatepost-${name}-`))
  await chmod(folder, 0o700)
  return folder
}

/** A port that was free a moment ago, and that nobody else is given by chance while a service on it is away. */
export async function findFreePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(PORTS.least, PORTS.most + 1)
    if (await isFree(port)) return port
  }
  throw new Error('no free port')
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening')
  } catch {
    return false
  }
  await new Promise((resolve) => server.close(resolve))
  return true
}

async function within<T>(milliseconds: number, what: string, promise: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`waited ${milliseconds} ms for ${what}`)), milliseconds)
  try {
    return await Promise.race([promise, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** @returns their process ids */
export function childrenOf(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
  return stdout.split('\n').map(Number).filter((child) => child > 0)
}

async function allGone(pids: readonly number[]): Promise<void> {
  while (pids.some(isAlive)) await wait(PROBE_INTERVAL_MILLISECONDS / 10)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Those of another user cannot be signalled, but they are there.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Debian keeps servers in /usr/sbin, which is not on everyone's PATH. */
export function findProgram(name: string, debianPackage: string): string {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin']
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
  if (found === undefined) throw new Error(`${name} is not installed: apt-get install ${debianPackage}`)
  return found
}

export async function runToEnd(program: string, args: string[], options: SpawnOptions = {}): Promise<void> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0) throw new Error(`${program} failed:\n${output}`)
}
