import { availableParallelism } from 'node:os'
import { betterAuthSignIns, startBetterAuth } from '../subjects/better-auth.ts'
import { startFastifyArgon2 } from '../subjects/fastify.ts'
import { signInRequests, startGatepost } from '../subjects/gatepost.ts'
import { ask, startNode, untilReady, type StartedProcess } from '../subjects/start-process.ts'
import { absoluteBesideLimit, ENGINES, expectOnly, measureBesideLimit, noneYet, ratioToLimit, type Bench, type BesideLimit, type Finding, type Measurable } from './bench.ts'

const BUDGET = 0.9
const USERS = 1_000
/** People who sign in again from a browser that is known; each signs in once before it counts. */
const PEOPLE = 50
const CONNECTIONS = 8
/** As many as there are cores to hash on; the server keeps one more ready (setting PASSWORD_HASH_LANES). */
export const HASH_LANES = Math.min(availableParallelism(), 3)

interface Subject extends Measurable, BesideLimit {
  readonly name: string
}

/** Password sign-ins on all cores, against Argon2id alone with the same parameters and lanes. */
export async function measureSignIns(bench: Bench): Promise<Finding[]> {
  const { rounds, secondsEach } = bench.plan
  const people = Array.from({ length: PEOPLE }, (_one, index) => index)
  const hashes = bench.keep(startNode('bench/argon2-hashes.ts'))
  await untilReady(hashes)

  const raw: Measurable = { server: hashes, measure: (seconds) => ask<number>(hashes, { lanes: HASH_LANES, seconds }) }
  const subjects: Subject[] = []
  const add = (name: string, server: StartedProcess & { readonly port: number }, requests: readonly string[]): void => {
    const measure = async (seconds: number) => expectOnly(200, await bench.load({ kind: 'repeat', port: server.port, requests, connections: CONNECTIONS, seconds })).perSecond
    subjects.push({ name, server, measure, ...noneYet() })
  }
  for (const engine of ENGINES) {
    const server = bench.keep(await startGatepost(await bench.database(engine, USERS)))
    add(`Gatepost, ${engine}`, server, await signInRequests(server.port, people))
  }
  for (const algorithm of ['scrypt', 'argon2id'] as const) {
    const server = bench.keep(await startBetterAuth(bench.folder, algorithm, USERS))
    add(`Better Auth, SQLite, ${algorithm === 'scrypt' ? 'its own scrypt' : 'our Argon2id'}`, server, betterAuthSignIns(server.port, people))
  }
  const bare = bench.keep(await startFastifyArgon2())
  add('nothing but the verification, behind Fastify', bare, [bare.request])

  for (const subject of subjects) await subject.measure(1.5)
  for (let round = 0; round < rounds; round++) {
    bench.note(`sign-in, round ${round + 1} of ${rounds}`)
    for (const subject of subjects) await measureBesideLimit(raw, subject, secondsEach)
  }
  await Promise.all([hashes.stop(), ...subjects.map((subject) => subject.server.stop())])

  return subjects.map((subject) => {
    const { name } = subject
    const ratio = ratioToLimit(subject)
    const isOurs = name.startsWith('Gatepost')
    return {
      what: `password sign-ins: ${name}`,
      measured: ratio.toFixed(2),
      against: `Argon2id verifications alone, ${HASH_LANES} at a time`,
      budget: isOurs ? `>= ${BUDGET.toFixed(2)}` : '',
      isMet: isOurs ? ratio >= BUDGET : undefined,
      absolute: absoluteBesideLimit(subject),
    }
  })
}
