import { openLane, type HttpAnswer } from './http-lane.ts'
import type { LoadResult } from './jobs.ts'
import { createTally } from './tally.ts'

export type Ask = (request: string) => Promise<HttpAnswer>

/** Closed loop of whole walks: every connection begins its next walk when its last one ended; a walk counts as its last answer. */
export async function walkLoop(job: { port: number; connections: number; seconds: number }, walk: (ask: Ask) => Promise<HttpAnswer>): Promise<LoadResult> {
  const failed = Promise.withResolvers<never>()
  const lanes = await Promise.all(Array.from({ length: job.connections }, () => openLane(job.port, failed.reject)))
  const tally = createTally()
  const endsAt = performance.now() + job.seconds * 1_000
  const drive = async (lane: (typeof lanes)[number]): Promise<void> => {
    const ask: Ask = (request) => new Promise((resolve) => lane.send(request, resolve))
    while (performance.now() < endsAt) {
      const beganAt = performance.now()
      tally.count(await walk(ask), beganAt)
    }
  }
  await Promise.race([Promise.all(lanes.map(drive)), failed.promise])
  const result = tally.result()
  for (const lane of lanes) lane.close()
  return result
}
