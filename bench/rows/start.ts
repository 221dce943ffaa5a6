import { setTimeout as wait } from 'node:timers/promises'
import { startFastify } from '../subjects/fastify.ts'
import { startGatepost, type Gatepost } from '../subjects/gatepost.ts'
import { residentMegabytes, type StartedProcess } from '../subjects/start-process.ts'
import { ENGINES, median, medianRatio, type Bench, type Engine, type Finding } from './bench.ts'

const START_BUDGET_MS = 600
const MEMORY_BUDGET_MB = 130
const USERS = 1_000
const STARTS = 5
const IDLE_MS = 1_000

interface Starts {
  readonly ms: number[]
  readonly mb: number[]
}

/** From starting the process to the sign-in page, and what it holds a second later; Node with Fastify alone beside it. */
export async function measureStart(bench: Bench): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const engine of ENGINES) {
    bench.note(`start and memory, ${engine}`)
    const url = await bench.database(engine, USERS)
    const subjects = { bare: () => startFastify(), built: () => startGatepost(url), sources: () => startGatepost(url, { from: 'sources' }) }
    const starts: Readonly<Record<keyof typeof subjects, Starts>> = { bare: none(), built: none(), sources: none() }
    // The first start of a database makes its signing key, and of the code its compile cache; what follows is what a restart costs.
    for (const start of [subjects.built, subjects.sources]) await (await start()).stop()
    for (let round = 0; round < STARTS; round++) {
      for (const name of Object.keys(subjects) as (keyof typeof subjects)[]) await measureOne(bench, await subjects[name](), starts[name])
    }
    findings.push(...findingsOf(engine, starts.built, starts.bare, 'built'), ...findingsOf(engine, starts.sources, starts.bare, 'sources'))
  }
  return findings
}

const none = (): Starts => ({ ms: [], mb: [] })

async function measureOne(bench: Bench, started: StartedProcess & Pick<Gatepost, 'msToFirstAnswer'>, into: Starts): Promise<void> {
  const server = bench.keep(started)
  await wait(IDLE_MS)
  into.ms.push(server.msToFirstAnswer)
  into.mb.push(residentMegabytes(server))
  await server.stop()
}

/** The budgets are for what is shipped; from the sources is told beside it. */
function findingsOf(engine: Engine, ours: Starts, bare: Starts, from: 'built' | 'sources'): Finding[] {
  const subject = `Gatepost, ${engine}${from === 'sources' ? ', from the sources' : ''}`
  const [ms, mb] = [median(ours.ms), median(ours.mb)]
  return [
    {
      what: `start to the first sign-in page: ${subject}`,
      measured: `${(ms / 1_000).toFixed(2)} s`,
      against: `${medianRatio(ours.ms, bare.ms).toFixed(1)} times Node + Fastify alone`,
      budget: from === 'built' ? `< ${START_BUDGET_MS / 1_000} s` : '',
      isMet: from === 'built' ? ms < START_BUDGET_MS : undefined,
      absolute: `${ms.toFixed(0)} ms against ${median(bare.ms).toFixed(0)} ms`,
    },
    {
      what: `resident memory at rest: ${subject}`,
      measured: `${mb.toFixed(0)} MB`,
      against: `${medianRatio(ours.mb, bare.mb).toFixed(1)} times Node + Fastify alone`,
      budget: from === 'built' ? `< ${MEMORY_BUDGET_MB} MB` : '',
      isMet: from === 'built' ? mb < MEMORY_BUDGET_MB : undefined,
      absolute: `${mb.toFixed(0)} MB against ${median(bare.mb).toFixed(0)} MB`,
    },
  ]
}
