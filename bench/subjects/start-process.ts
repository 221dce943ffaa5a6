import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { setTimeout as wait } from 'node:timers/promises'

/** The core of the measured server, or of the load; undefined leaves it to the system. */
export type Core = 'server' | 'load' | undefined

const CORES = { server: '0', load: '1' } as const
const ANSWER_TIMEOUT_MS = 60_000
const POLL_MS = 2

/** Processes can be kept on a core of their own here: without it one-core rows compare less. */
export const canPin = availableParallelism() >= 2 && spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status === 0

export interface StartedProcess {
  readonly child: ChildProcess
  readonly startedAt: number
  stop(): Promise<void>
}

const running = new Set<ChildProcess>()
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')))

/** Node runs `script` (a path from the repository's root) under this Node, with an IPC channel. */
export function startNode(script: string, options: { args?: readonly string[]; core?: Core; env?: Record<string, string> } = {}): StartedProcess {
  const command = [process.execPath, fileURLToPath(new URL(`../../${script}`, import.meta.url)), ...(options.args ?? [])]
  const [program, ...args] = options.core && canPin ? ['taskset', '-c', CORES[options.core], ...command] : command
  const startedAt = performance.now()
  const child = spawn(program!, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: { ...process.env, ...options.env } })
  running.add(child)
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve(void running.delete(child))))
  return {
    child,
    startedAt,
    async stop() {
      child.kill('SIGTERM')
      await Promise.race([exited, wait(5_000, undefined, { ref: false })])
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** Sends a job to a process that answers each with one message. @throws what the process reports, or that it ended */
export async function ask<Result>({ child }: StartedProcess, job: unknown): Promise<Result> {
  const { promise, resolve, reject } = Promise.withResolvers<Result>()
  const onMessage = (message: { result?: Result; error?: string }): void =>
    message.error === undefined ? resolve(message.result as Result) : reject(new Error(message.error))
  const onExit = (): void => reject(new Error('a process of the benchmark ended early'))
  child.once('message', onMessage)
  child.once('exit', onExit)
  child.send(job as object)
  try {
    return await promise
  } finally {
    child.off('message', onMessage)
    child.off('exit', onExit)
  }
}

/** Resolves at the first message: the process has loaded. */
export async function untilReady({ child }: StartedProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', () => reject(new Error('a process of the benchmark ended early')))
  })
}

/** Milliseconds from the start of the process until the address answers 200. */
export async function untilAnswers(started: StartedProcess, url: string): Promise<number> {
  while (performance.now() - started.startedAt < ANSWER_TIMEOUT_MS) {
    if (started.child.exitCode !== null) throw new Error(`the server behind ${url} ended at start`)
    const status = await fetch(url, { headers: { connection: 'close' } }).then(readStatus, () => undefined)
    if (status === 200) return performance.now() - started.startedAt
    if (status !== undefined) throw new Error(`${url} answered ${status}`)
    await wait(POLL_MS)
  }
  throw new Error(`${url} did not answer in ${ANSWER_TIMEOUT_MS} ms`)
}

async function readStatus(response: Response): Promise<number> {
  await response.arrayBuffer()
  return response.status
}

const CLOCK_TICK_SECONDS = 0.01

/** Seconds of CPU that the process and its threads have used; NaN where there is no /proc. */
function cpuSeconds({ child }: StartedProcess): number {
  const path = `/proc/${child.pid}/stat`
  if (!existsSync(path)) return Number.NaN
  const fields = readFileSync(path, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * CLOCK_TICK_SECONDS
}

/** Runs a measurement that counts answers, and adds the CPU that the process used for each (µs; NaN where it cannot be read). */
export async function withCpu(started: StartedProcess, measure: () => Promise<number>): Promise<{ perSecond: number; cpuMicroseconds: number }> {
  const [cpuBefore, startedAt] = [cpuSeconds(started), performance.now()]
  const perSecond = await measure()
  const answers = (perSecond * (performance.now() - startedAt)) / 1_000
  return { perSecond, cpuMicroseconds: ((cpuSeconds(started) - cpuBefore) / answers) * 1e6 }
}

/** Resident memory in MB (10^6 bytes). */
export function residentMegabytes({ child }: StartedProcess): number {
  const status = `/proc/${child.pid}/status`
  const kib = existsSync(status)
    ? Number(/VmRSS:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1])
    : Number(spawnSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' }).stdout)
  return (kib * 1_024) / 1e6
}
