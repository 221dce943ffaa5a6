import { openSessions, signInRequests, startGatepost } from '../subjects/gatepost.ts'
import { ask, startNode, untilReady } from '../subjects/start-process.ts'
import { ENGINES, median, pickUsers, type Bench, type Finding } from './bench.ts'
import { HASH_LANES } from './sign-in.ts'

const P99_BUDGET_MS = 50
const USERS = 1_000
const SESSIONS = 64
const REFRESHES_PER_SECOND = 100
const FLOOD_FACTOR = 10

/** How long a refresh takes while sign-ins arrive at ten times what hashing can do, against the same server at rest. */
export async function measureOverload(bench: Bench): Promise<Finding[]> {
  const { rounds, secondsEach } = bench.plan
  const hashes = bench.keep(startNode('bench/argon2-hashes.ts'))
  await untilReady(hashes)
  const hashesPerSecond = await ask<number>(hashes, { lanes: HASH_LANES, seconds: Math.min(2, secondsEach) })
  await hashes.stop()
  const signInsPerSecond = hashesPerSecond * FLOOD_FACTOR

  const findings: Finding[] = []
  for (const engine of ENGINES) {
    const server = bench.keep(await startGatepost(await bench.database(engine, USERS)))
    let tokens = (await openSessions(server.port, SESSIONS)).map((session) => session.refreshToken)
    const signIns = await signInRequests(server.port, pickUsers(500, USERS))
    const refreshAt = async (signInRate: number, seconds: number) => {
      const job = { kind: 'overload', port: server.port, tokens, refreshesPerSecond: REFRESHES_PER_SECOND, signIns, signInsPerSecond: signInRate, seconds } as const
      const result = await bench.load(job)
      tokens = [...(result.tokens ?? tokens)]
      return result
    }
    // Both kinds of request, so that no round measures code that runs for the first time.
    await refreshAt(signInsPerSecond, secondsEach)
    const idle: number[] = []
    const flooded: number[] = []
    let accepted = 0
    let refused = 0
    let refusedWithRetryAfter = 0
    let refreshesRefused = 0
    const others = new Set<string>()
    for (let round = 0; round < rounds; round++) {
      bench.note(`overload, ${engine}, round ${round + 1} of ${rounds}`)
      idle.push((await refreshAt(0, secondsEach)).p99Ms)
      const result = await refreshAt(signInsPerSecond, secondsEach)
      flooded.push(result.p99Ms)
      refreshesRefused += Object.entries(result.statuses).reduce((sum, [status, count]) => (status === '200' ? sum : sum + count), 0)
      refusedWithRetryAfter += result.refusedWithRetryAfter
      for (const [status, count] of Object.entries(result.signInStatuses ?? {})) {
        if (status === '200') accepted += count
        else if (status === '503') refused += count
        else others.add(status)
      }
    }
    await server.stop()
    const p99 = median(flooded)
    const isRefusedRightly = refused === refusedWithRetryAfter && others.size === 0 && refused > 0
    findings.push({
      what: `refresh p99 under ten times the sign-ins that hashing can do: Gatepost, ${engine}`,
      measured: `${p99.toFixed(0)} ms`,
      against: `${median(idle).toFixed(1)} ms at rest`,
      budget: `< ${P99_BUDGET_MS} ms`,
      isMet: p99 < P99_BUDGET_MS && refreshesRefused === 0,
      absolute: `rounds ${flooded.map((ms) => ms.toFixed(0)).join(', ')} ms; ${refreshesRefused} refreshes refused; ${REFRESHES_PER_SECOND} refreshes/s beside ${signInsPerSecond.toFixed(0)} sign-ins/s`,
    })
    findings.push({
      what: `sign-ins refused meanwhile: Gatepost, ${engine}`,
      measured: `${refusedWithRetryAfter} of ${refused}${others.size > 0 ? `, and statuses ${[...others].join(', ')}` : ''}`,
      against: '503 with Retry-After',
      budget: 'all',
      isMet: isRefusedRightly,
      absolute: `${accepted} signed in, ${refused} refused`,
    })
  }
  return findings
}
