/**
 * Real services for tests: loopback only, on a port that the system picks, with their data in a temporary folder.
 */
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
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
        return await service.probe()
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
    child.kill(signal)
    await exited
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

/** A port that was free a moment ago. */
export async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
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
