import type { HttpAnswer } from './http-lane.ts'
import type { LoadResult } from './jobs.ts'

/** Counts answers and how long they took. */
export function createTally() {
  const startedAt = performance.now()
  const cpuBefore = process.cpuUsage()
  const latencies: number[] = []
  const statuses: Record<string, number> = {}
  let refusedWithRetryAfter = 0

  return {
    statuses,
    count(answer: HttpAnswer, sentAt: number): void {
      latencies.push(performance.now() - sentAt)
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
      if (answer.status === 503 && /\r\nretry-after: *\d+/i.test(answer.head)) refusedWithRetryAfter += 1
    },
    result(): LoadResult {
      const seconds = (performance.now() - startedAt) / 1_000
      const { user, system } = process.cpuUsage(cpuBefore)
      latencies.sort((a, b) => a - b)
      return {
        perSecond: latencies.length / seconds,
        medianMs: quantile(latencies, 0.5),
        p99Ms: quantile(latencies, 0.99),
        statuses,
        refusedWithRetryAfter,
        generatorCpu: (user + system) / 1e6 / seconds,
      }
    },
  }
}

/** Of sorted values; NaN when there are none. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
