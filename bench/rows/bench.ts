import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestService } from '../../scripts/test-services/service.ts'
import type { Plan } from '../arguments.ts'
import type { LoadJob, LoadResult } from '../load/jobs.ts'
import { seedUsers } from '../subjects/seed-users.ts'
import { createPostgresDatabase, startDurablePostgres } from '../subjects/start-postgres.ts'
import { ask, startNode, untilReady, type Core, type StartedProcess } from '../subjects/start-process.ts'

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

/** Median of the rounds' own ratios: yardstick and subject of a round ran under the same weather. */
export function medianRatio(subject: readonly number[], yardstick: readonly number[]): number {
  return median(subject.map((value, round) => value / yardstick[round]!))
}

/** CPU for one answer beside the limit's: a second view of the ratio of rates; contention inflates it too, through cold caches. */
export function cpuCost(subject: readonly number[], yardstick: readonly number[]): string {
  return `CPU for one ${median(subject).toFixed(0)} µs against ${median(yardstick).toFixed(0)} µs (${medianRatio(yardstick, subject).toFixed(3)})`
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
