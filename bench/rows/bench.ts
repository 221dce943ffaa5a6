import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestService } from '../../scripts/test-services/service.ts'
import type { Plan } from '../arguments.ts'
import type { LoadJob, LoadResult } from '../load/jobs.ts'
import { seedUsers } from '../subjects/seed-users.ts'
import { createPostgresDatabase, startDurablePostgres } from '../subjects/start-postgres.ts'
import { ask, startNode, untilReady, withCpu, type Core, type StartedProcess } from '../subjects/start-process.ts'

export type Engine = 'SQLite' | 'PostgreSQL'
export const ENGINES: readonly Engine[] = ['SQLite', 'PostgreSQL']

/** What the rows share: the plan, databases, and whoever has to be stopped in the end. */
export interface Bench {
  readonly plan: Plan
  readonly folder: string
  /** A new database with so many users. */
  database(engine: Engine, users: number): Promise<string>
  /** Stopped at the end, or earlier by its row. */
  keep<Started extends StartedProcess>(started: Started): Started
  /** Makes load in a process of its own, on the core that is not the server's when `core` says so. */
  load(job: LoadJob, core?: Core): Promise<LoadResult>
  note(text: string): void
  close(): Promise<void>
}

/** One measured number of a row, held against a budget or only told. */
export interface Finding {
  readonly what: string
  readonly measured: string
  readonly against: string
  readonly budget: string
  /** Undefined where there is no budget. */
  readonly isMet: boolean | undefined
  /** Absolute numbers, true of this machine alone. */
  readonly absolute: string
}

export async function openBench(plan: Plan): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'gatepost-bench-'))
  const started = new Set<StartedProcess>()
  const generators = new Map<Core, StartedProcess>()
  let postgres: Promise<TestService> | undefined
  let databases = 0

  const keep = <Started extends StartedProcess>(one: Started): Started => {
    started.add(one)
    return one
  }
  return {
    plan,
    folder,
    keep,
    async database(engine, users) {
      const name = `bench_${databases++}`
      const url = engine === 'SQLite' ? `sqlite:${join(folder, `${name}.db`)}` : await createPostgresDatabase((await (postgres ??= startDurablePostgres())).url, name)
      await seedUsers(url, users)
      return url
    },
    async load(job, core) {
      let generator = generators.get(core)
      if (!generator) {
        generator = keep(startNode('bench/load-generator.ts', { core }))
        await untilReady(generator)
        generators.set(core, generator)
      }
      return ask<LoadResult>(generator, job)
    },
    note: (text) => console.error(`bench: ${text}`),
    async close() {
      await Promise.all([...started].map((one) => one.stop()))
      if (postgres) await (await postgres).stop()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** What is measured, or what it is held against. */
export interface Measurable {
  readonly server: StartedProcess
  /** Answers a second. */
  measure(seconds: number): Promise<number>
}

/** Rates and CPU for one answer (µs), round by round, and those of the limit a moment before each. */
export interface BesideLimit {
  readonly perSecond: number[]
  readonly cpuMicroseconds: number[]
  readonly limitPerSecond: number[]
  readonly limitCpuMicroseconds: number[]
}

export function noneYet(): BesideLimit {
  return { perSecond: [], cpuMicroseconds: [], limitPerSecond: [], limitCpuMicroseconds: [] }
}

/** The limit first, and then the subject at once: what the machine gives changes within seconds. */
export async function measureBesideLimit(limit: Measurable, subject: Measurable & BesideLimit, seconds: number): Promise<void> {
  const bound = await withCpu(limit.server, () => limit.measure(seconds))
  const measured = await withCpu(subject.server, () => subject.measure(seconds))
  subject.limitPerSecond.push(bound.perSecond)
  subject.limitCpuMicroseconds.push(bound.cpuMicroseconds)
  subject.perSecond.push(measured.perSecond)
  subject.cpuMicroseconds.push(measured.cpuMicroseconds)
}

/** Ratio of rates. */
export function ratioToLimit({ perSecond, limitPerSecond }: BesideLimit): number {
  return medianRatio(perSecond, limitPerSecond)
}

/** Median of the rounds' own ratios: yardstick and subject of a round ran under the same weather. */
export function medianRatio(subject: readonly number[], yardstick: readonly number[]): number {
  return median(subject.map((value, round) => value / yardstick[round]!))
}

/** Rates, and CPU for one answer as a second view of their ratio; contention inflates it too, through cold caches. */
export function absoluteBesideLimit({ perSecond, cpuMicroseconds, limitPerSecond, limitCpuMicroseconds }: BesideLimit, detail = ''): string {
  const cpu = `CPU for one ${median(cpuMicroseconds).toFixed(0)} µs against ${median(limitCpuMicroseconds).toFixed(0)} µs (${medianRatio(limitCpuMicroseconds, cpuMicroseconds).toFixed(3)})`
  return `${median(perSecond).toFixed(0)}/s${detail} against ${median(limitPerSecond).toFixed(0)}/s; ${cpu}`
}

/** Throws when anything but the expected status was answered: a fast refusal is no throughput. */
export function expectOnly(status: number, result: LoadResult): LoadResult {
  const others = Object.keys(result.statuses).filter((each) => each !== String(status))
  if (others.length > 0) throw new Error(`expected only ${status}: ${JSON.stringify(result.statuses)}`)
  return result
}

/** `count` users, spread over a table of `total`. */
export function pickUsers(count: number, total: number): number[] {
  return Array.from({ length: count }, () => Math.floor(Math.random() * total))
}
