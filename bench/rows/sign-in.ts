import { availableParallelism } from 'node:os'
import { betterAuthSignIns, startBetterAuth } from '../subjects/better-auth.ts'
import { startFastifyArgon2 } from '../subjects/fastify.ts'
import { signInRequests, startGatepost } from '../subjects/gatepost.ts'
import { ask, startNode, untilReady, withCpu, type StartedProcess } from '../subjects/start-process.ts'
import { cpuCost, ENGINES, expectOnly, median, medianRatio, type Bench, type Finding } from './bench.ts'

const BUDGET = 0.9
const USERS = 1_000
/** People who sign in again from a browser that is known; each signs in once before it counts. */
const PEOPLE = 50
const CONNECTIONS = 8
/** As many as there are cores to hash on; the server keeps one more ready (setting PASSWORD_HASH_LANES). */
export const HASH_LANES = Math.min(availableParallelism(), 3)

interface Subject {
  readonly name: string
  readonly server: StartedProcess & { readonly port: number }
  readonly requests: readonly string[]
  readonly perSecond: number[]
  readonly cpu: number[]
}

/** Password sign-ins on all cores, against Argon2id alone with the same parameters and lanes. */
export async function measureSignIns(bench: Bench): Promise<Finding[]> {
  const { rounds, secondsEach } = bench.plan
  const people = Array.from({ length: PEOPLE }, (_one, index) => index)
  const hashes = bench.keep(startNode('bench/argon2-hashes.ts'))
  await untilReady(hashes)

  const subjects: Subject[] = []
  for (const engine of ENGINES) {
    const server = bench.keep(await startGatepost(await bench.database(engine, USERS)))
    subjects.push({ name: `Gatepost, ${engine}`, server, requests: await signInRequests(server.port, people), perSecond: [], cpu: [] })
  }
  for (const algorithm of ['scrypt', 'argon2id'] as const) {
    const server = bench.keep(await startBetterAuth(bench.folder, algorithm, USERS))
    const name = `Better Auth, SQLite, ${algorithm === 'scrypt' ? 'its own scrypt' : 'our Argon2id'}`
    subjects.push({ name, server, requests: betterAuthSignIns(server.port, people), perSecond: [], cpu: [] })
  }

  const bare = bench.keep(await startFastifyArgon2())
  subjects.push({ name: 'nothing but the verification, behind Fastify', server: bare, requests: [bare.request], perSecond: [], cpu: [] })

  const signIn = async ({ server, requests }: Subject, seconds: number) =>
    expectOnly(200, await bench.load({ kind: 'repeat', port: server.port, requests, connections: CONNECTIONS, seconds })).perSecond
  for (const subject of subjects) await signIn(subject, 1.5)
  const raw = { perSecond: [] as number[], cpu: [] as number[] }
  const measureInto = async (into: Pick<Subject, 'perSecond' | 'cpu'>, process: StartedProcess, measure: () => Promise<number>) => {
    const { perSecond, cpuMicroseconds } = await withCpu(process, measure)
    into.perSecond.push(perSecond)
    into.cpu.push(cpuMicroseconds)
  }
  for (let round = 0; round < rounds; round++) {
    bench.note(`sign-in, round ${round + 1} of ${rounds}`)
    await measureInto(raw, hashes, () => ask<number>(hashes, { lanes: HASH_LANES, seconds: secondsEach }))
    for (const subject of subjects) await measureInto(subject, subject.server, () => signIn(subject, secondsEach))
  }
  await Promise.all([hashes.stop(), ...subjects.map((subject) => subject.server.stop())])

  return subjects.map(({ name, perSecond, cpu }) => {
    const ratio = medianRatio(perSecond, raw.perSecond)
    const isOurs = name.startsWith('Gatepost')
    return {
      what: `password sign-ins: ${name}`,
      measured: ratio.toFixed(2),
      against: `Argon2id verifications alone, ${HASH_LANES} at a time`,
      budget: isOurs ? `>= ${BUDGET.toFixed(2)}` : '',
      isMet: isOurs ? ratio >= BUDGET : undefined,
      absolute: `${median(perSecond).toFixed(0)}/s against ${median(raw.perSecond).toFixed(0)}/s; ${cpuCost(cpu, raw.cpu)}`,
    }
  })
}
