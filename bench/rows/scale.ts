import { signInRequests, startGatepost } from '../subjects/gatepost.ts'
import { ENGINES, expectOnly, median, medianRatio, pickUsers, type Bench, type Finding } from './bench.ts'

const BUDGET = 1.1
const FEW_USERS = 1_000
const SAMPLE = 2_000

/** One sign-in after another, of people drawn from the whole table: a large table against a small one. */
export async function measureScale(bench: Bench): Promise<Finding[]> {
  const { rounds, secondsEach, manyUsers } = bench.plan
  const findings: Finding[] = []
  for (const engine of ENGINES) {
    bench.note(`scale, ${engine}: making ${manyUsers.toLocaleString('en')} users`)
    const open = async (users: number) => {
      const server = bench.keep(await startGatepost(await bench.database(engine, users)))
      return { server, requests: await signInRequests(server.port, pickUsers(SAMPLE, users)), ms: [] as number[] }
    }
    const few = await open(FEW_USERS)
    const many = await open(manyUsers)
    const signIn = async ({ server, requests }: typeof few, seconds: number) =>
      expectOnly(200, await bench.load({ kind: 'repeat', port: server.port, requests, connections: 1, seconds })).medianMs
    for (const table of [few, many]) await signIn(table, 1)
    for (let round = 0; round < rounds; round++) {
      bench.note(`scale, ${engine}, round ${round + 1} of ${rounds}`)
      for (const table of [few, many]) table.ms.push(await signIn(table, secondsEach))
    }
    await Promise.all([few.server.stop(), many.server.stop()])
    const ratio = medianRatio(many.ms, few.ms)
    findings.push({
      what: `time of a sign-in with ${manyUsers.toLocaleString('en')} users: Gatepost, ${engine}`,
      measured: ratio.toFixed(2),
      against: `with ${FEW_USERS.toLocaleString('en')} users`,
      budget: `<= ${BUDGET}`,
      isMet: ratio <= BUDGET,
      absolute: `${median(many.ms).toFixed(1)} ms against ${median(few.ms).toFixed(1)} ms`,
    })
  }
  return findings
}
