import { findFreePort } from '../../scripts/test-services/service.ts'
import { BENCH_PASSWORD, benchEmail } from '../subjects/bench-users.ts'
import { pageHeaders, signInRequests, startGatepost } from '../subjects/gatepost.ts'
import { ENGINES, expectOnly, median, medianRatio, type Bench, type Finding } from './bench.ts'

const USERS = 1_000
const PEOPLE = 32
const CONNECTIONS = 8

/** Sign-ins by passkey and by emailed code, against the same server's password sign-ins. */
export async function measurePasswordless(bench: Bench): Promise<Finding[]> {
  const { rounds, secondsEach } = bench.plan
  const people = Array.from({ length: PEOPLE }, (_one, index) => index)
  const findings: Finding[] = []
  for (const engine of ENGINES) {
    const smtpPort = await findFreePort()
    const server = bench.keep(await startGatepost(await bench.database(engine, USERS), { smtpPort }))
    const { port } = server
    const requests = await signInRequests(port, people)
    const shared = { port, headers: await pageHeaders(port), connections: CONNECTIONS }
    const ways = {
      password: (seconds: number) => bench.load({ kind: 'repeat', port, requests, connections: CONNECTIONS, seconds }),
      passkey: (seconds: number) =>
        bench.load({ kind: 'passkey', ...shared, signIns: people.map((one) => ({ identifier: benchEmail(one), password: BENCH_PASSWORD })), seconds }),
      'emailed code': (seconds: number) => bench.load({ kind: 'code', ...shared, smtpPort, addresses: people.map(benchEmail), seconds }),
    }
    const rates = { password: [] as number[], passkey: [] as number[], 'emailed code': [] as number[] }
    for (const way of Object.values(ways)) expectOnly(200, await way(1.5))
    for (let round = 0; round < rounds; round++) {
      bench.note(`passwordless, ${engine}, round ${round + 1} of ${rounds}`)
      for (const [name, way] of Object.entries(ways)) rates[name as keyof typeof rates].push(expectOnly(200, await way(secondsEach)).perSecond)
    }
    await server.stop()
    for (const name of ['passkey', 'emailed code'] as const) {
      findings.push({
        what: `sign-ins by ${name}: Gatepost, ${engine}`,
        measured: medianRatio(rates[name], rates.password).toFixed(1),
        against: 'sign-ins by password',
        budget: '',
        isMet: undefined,
        absolute: `${median(rates[name]).toFixed(0)}/s against ${median(rates.password).toFixed(0)}/s`,
      })
    }
  }
  return findings
}
