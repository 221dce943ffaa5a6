/** The server and the command line as processes of their own: for signals, sockets, exit codes and everything they print. */
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const START_TIMEOUT_MS = 60_000
export const SPAWN_KEY = 'c0ffee0123456789abcdef0011223344556677889900aabbccddeeff01020304'

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface SpawnedProcess {
  readonly pid: number
  /** Everything printed until now, both streams. */
  output(): string
  kill(signal: NodeJS.Signals): void
  ended(): Promise<Ended>
}

export interface SpawnedServer extends SpawnedProcess {
  readonly port: number
  readonly url: string
}

type Environment = Record<string, string | undefined>

/** Only what a process needs of the surroundings: no setting of the machine that runs the tests slips in. */
function environmentOf(env: Environment): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, TZ: 'UTC', ...env }
}

export async function makeWorkingFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'gatepost-process-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/** `main`: another entry than the sources'. */
export function spawnGatepost(args: readonly string[], options: { cwd: string; env?: Environment; main?: string; input?: string }): SpawnedProcess {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', options.main ?? MAIN, ...args], {
    cwd: options.cwd,
    env: environmentOf(options.env ?? {}),
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  // A command that reads nothing may have ended before.
  child.stdin.on('error', () => undefined)
  child.stdin.end(options.input)
  const killAtExit = () => void child.kill('SIGKILL')
  process.once('exit', killAtExit)
  const printed = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (printed.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (printed.stderr += chunk.toString()))
  const end = endOf(child, printed).finally(() => process.off('exit', killAtExit))
  return {
    pid: child.pid ?? 0,
    output: () => printed.stdout + printed.stderr,
    kill: (signal) => void child.kill(signal),
    ended: () => end,
  }
}

async function endOf(child: ChildProcess, printed: { stdout: string; stderr: string }): Promise<Ended> {
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  return { code, signal, ...printed }
}

/** Runs a command to its end. */
export async function runGatepost(args: readonly string[], options: { cwd: string; env?: Environment; input?: string }): Promise<Ended> {
  return spawnGatepost(args, options).ended()
}

/** `gatepost serve` on a port of the system's choice, once it listens. */
export async function spawnServer(options: { cwd: string; env?: Environment; main?: string }): Promise<SpawnedServer> {
  const env = { PORT: '0', ENCRYPTION_KEY: SPAWN_KEY, ...options.env }
  const spawned = spawnGatepost(['serve'], { ...options, env })
  let hasEnded = false
  void spawned.ended().then(() => (hasEnded = true))
  const deadline = performance.now() + START_TIMEOUT_MS
  for (;;) {
    const port = /"port":(\d+)[^\n]*"msg":"listening"/.exec(spawned.output())?.[1]
    if (port !== undefined) return { ...spawned, port: Number(port), url: `http://127.0.0.1:${port}` }
    if (hasEnded || performance.now() > deadline) {
      spawned.kill('SIGKILL')
      throw new Error(`the server did not start:\n${spawned.output()}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
