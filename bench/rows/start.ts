import { setTimeout as wait } from 'node:timers/promises'
import { startFastify } from '../subjects/fastify.ts'
import { startGatepost } from '../subjects/gatepost.ts'
import { residentMegabytes } from '../subjects/start-process.ts'
import { ENGINES, median, medianRatio, type Bench, type Finding } from './bench.ts'

const START_BUDGET_MS = 600
const MEMORY_BUDGET_MB = 130
const USERS = 1_000
const STARTS = 5
const IDLE_MS = 1_000

/** From starting the process to the sign-in page, and what it holds a second later; Node with Fastify alone beside it. */
export async function measureStart(bench: Bench): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const engine of ENGINES) {
    bench.note(`start and memory, ${engine}`)
    const url = await bench.database(engine, USERS)
    // The first start of a database makes its signing key; the following ones are what a restart costs.
    await (await startGatepost(url)).stop()
    const ours = { ms: [] as number[], mb: [] as number[] }
    const bare = { ms: [] as number[], mb: [] as number[] }
    for (let round = 0; round < STARTS; round++) {
      for (const [into, start] of [[bare, () => startFastify()], [ours, () => startGatepost(url)]] as const) {
        const server = bench.keep(await start())
        await wait(IDLE_MS)
        into.ms.push(server.msToFirstAnswer)
        into.mb.push(residentMegabytes(server))
        await server.stop()
      }
    }
    const [ms, mb] = [median(ours.ms), median(ours.mb)]
    findings.push({
      what: `start to the first sign-in page: Gatepost, ${engine}`,
      measured: `${(ms / 1_000).toFixed(2)} s`,
      against: `${medianRatio(ours.ms, bare.ms).toFixed(1)} times Node + Fastify alone`,
      budget: `< ${START_BUDGET_MS / 1_000} s`,
      isMet: ms < START_BUDGET_MS,
      absolute: `${ms.toFixed(0)} ms against ${median(bare.ms).toFixed(0)} ms`,
    })
    findings.push({
      what: `resident memory at rest: Gatepost, ${engine}`,
      measured: `${mb.toFixed(0)} MB`,
      against: `${medianRatio(ours.mb, bare.mb).toFixed(1)} times Node + Fastify alone`,
      budget: `< ${MEMORY_BUDGET_MB} MB`,
      isMet: mb < MEMORY_BUDGET_MB,
      absolute: `${mb.toFixed(0)} MB against ${median(bare.mb).toFixed(0)} MB`,
    })
  }
  return findings
}
