import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findFreePort } from './free-port.ts'

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url))
const MAIN = join(REPOSITORY, 'server/src/main.ts')
const LAST_LINE_OF_START = 'Ctrl-C stops it.'
const START_TIMEOUT_MS = 60_000

export interface Gatepost {
  readonly url: string
  /** Everything it said so far. */
  output(): string
  /** The address that the start printed behind this word. */
  printed(label: 'application' | 'mailbox' | 'first admin'): string
  /** Where it runs: other commands that run there mean the same installation. */
  readonly folder: string
  /** Sends the signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
  /** Stops it and removes its folder. */
  remove(): Promise<void>
}

/** `gatepost dev` as a person starts it: a process of its own in a folder of its own, without any variable but the given. */
export async function startGatepost(variables: Readonly<Record<string, string>> = {}): Promise<Gatepost> {
  const folder = await mkdtemp(join(tmpdir(), 'gatepost-e2e-'))
  const url = `http://localhost:${await findFreePort()}`
  const child = spawn(process.execPath, [MAIN, 'dev'], {
    cwd: folder,
    env: { ...bareEnvironment(), PUBLIC_URL: url, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = collectOutput(child)
  await waitForOutput(child, output, LAST_LINE_OF_START).catch((error: unknown) => {
    child.kill('SIGKILL')
    throw error
  })

  async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal)
      await once(child, 'exit')
    }
    return child.exitCode
  }
  return {
    url,
    output,
    folder,
    printed: (label) => new RegExp(`${label}\\s+(\\S+)`).exec(output())?.[1] ?? `${label} was not printed`,
    stop,
    async remove() {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What every program needs, and nothing that could configure the server by accident. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env
  return { ...(PATH && { PATH }), ...(HOME && { HOME }), ...(TMPDIR && { TMPDIR }) }
}

export function collectOutput(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return () => text
}

export async function waitForOutput(child: ChildProcess, output: () => string, expected: string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS
  while (!output().includes(expected)) {
    const isOver = child.exitCode !== null || child.signalCode !== null
    if (isOver || performance.now() > deadline) throw new Error(`"${expected}" was not printed, but:\n${output()}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
