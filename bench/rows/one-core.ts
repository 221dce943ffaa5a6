import { betterAuthLookUps, startBetterAuth } from '../subjects/better-auth.ts'
import { startFastify } from '../subjects/fastify.ts'
import { openSessions, startGatepost, type BenchSession } from '../subjects/gatepost.ts'
import { httpRequest, type LoadResult } from '../load/jobs.ts'
import type { StartedProcess } from '../subjects/start-process.ts'
import { absoluteBesideLimit, ENGINES, expectOnly, measureBesideLimit, median, noneYet, ratioToLimit, type Bench, type BesideLimit, type Engine, type Finding, type Measurable } from './bench.ts'

const REFRESH_BUDGET = 0.08
const RESOLVER_BUDGET = 0.5
const USERS = 1_000
const CONNECTIONS = 64
/** Above this share of its core the load generator may have been the limit. */
const GENERATOR_LIMIT = 0.95

interface Subject extends Measurable, BesideLimit {
  readonly name: string
  readonly budget?: number
  readonly p99: number[]
  /** The greatest share of its core that the load generator used. */
  generatorCpu: number
}

/** What one core answers: refresh rotations, session look-ups and the resolver, against Fastify's hello on the same core. */
export async function measureOneCore(bench: Bench): Promise<Finding[]> {
  const { rounds, secondsEach } = bench.plan
  const fastify = bench.keep(await startFastify('server'))
  const hello = repeated(bench, 'Fastify hello', fastify, [httpRequest('GET', '/hello')])
  const subjects: Subject[] = []
  const stops = [fastify.stop]
  for (const engine of ENGINES) {
    const server = bench.keep(await startGatepost(await bench.database(engine, USERS), { core: 'server' }))
    const sessions = await openSessions(server.port, CONNECTIONS)
    subjects.push(refreshing(bench, engine, server, sessions))
    const look = (headers: (session: BenchSession) => Record<string, string>) => sessions.map((session) => httpRequest('GET', '/auth/api/v1/user', headers(session)))
    subjects.push(repeated(bench, `who is signed in, by Bearer: Gatepost, ${engine}`, server, look(({ accessToken }) => ({ authorization: `Bearer ${accessToken}` }))))
    subjects.push(repeated(bench, `who is signed in, by cookie: Gatepost, ${engine}`, server, look(({ accessToken }) => ({ cookie: `gatepost_access=${accessToken}` }))))
    const resolve = (headers: (session: BenchSession) => Record<string, string>) => sessions.map((session) => httpRequest('GET', '/auth/_resolver/resolve?mode=enforce', headers(session)))
    subjects.push(repeated(bench, `resolver, by Bearer: Gatepost, ${engine}`, server, resolve(({ accessToken }) => ({ authorization: `Bearer ${accessToken}` })), RESOLVER_BUDGET))
    subjects.push(repeated(bench, `resolver, by cookie: Gatepost, ${engine}`, server, resolve(({ accessToken }) => ({ cookie: `gatepost_access=${accessToken}` })), RESOLVER_BUDGET))
    stops.push(server.stop)
  }
  const rival = bench.keep(await startBetterAuth(bench.folder, 'argon2id', USERS, 'server'))
  subjects.push(repeated(bench, 'who is signed in, by cookie: Better Auth, SQLite', rival, await betterAuthLookUps(rival.port, CONNECTIONS)))

  for (const subject of [hello, ...subjects]) await subject.measure(Math.min(1.5, secondsEach))
  for (const subject of subjects) subject.p99.length = 0
  for (let round = 0; round < rounds; round++) {
    bench.note(`one core, round ${round + 1} of ${rounds}`)
    for (const subject of subjects) await measureBesideLimit(hello, subject, secondsEach)
  }
  await Promise.all([...stops, rival.stop].map((stop) => stop()))
  const busiest = Math.max(...[hello, ...subjects].map((subject) => subject.generatorCpu))
  if (busiest > GENERATOR_LIMIT) bench.note(`the load generator used ${(busiest * 100).toFixed(0)} % of its core: Fastify's limit may be higher than measured`)

  return subjects.map((subject) => {
    const { name, budget } = subject
    const ratio = ratioToLimit(subject)
    return {
      what: name,
      measured: ratio.toFixed(3),
      against: 'Fastify hello on one core',
      budget: budget === undefined ? '' : `>= ${budget.toFixed(2)}`,
      isMet: budget === undefined ? undefined : ratio >= budget,
      absolute: absoluteBesideLimit(subject, ` (p99 ${median(subject.p99).toFixed(0)} ms at ${CONNECTIONS} connections)`),
    }
  })
}

type Server = StartedProcess & { readonly port: number }

function subjectOf(name: string, server: Server, budget: number | undefined, load: (seconds: number) => Promise<LoadResult>): Subject {
  const subject: Subject = {
    name,
    server,
    ...(budget === undefined ? {} : { budget }),
    p99: [],
    generatorCpu: 0,
    ...noneYet(),
    async measure(seconds) {
      const result = expectOnly(200, await load(seconds))
      subject.p99.push(result.p99Ms)
      subject.generatorCpu = Math.max(subject.generatorCpu, result.generatorCpu)
      return result.perSecond
    },
  }
  return subject
}

function repeated(bench: Bench, name: string, server: Server, requests: readonly string[], budget?: number): Subject {
  return subjectOf(name, server, budget, (seconds) => bench.load({ kind: 'repeat', port: server.port, requests, connections: CONNECTIONS, seconds }, 'load'))
}

function refreshing(bench: Bench, engine: Engine, server: Server, sessions: readonly BenchSession[]): Subject {
  let tokens = sessions.map((session) => session.refreshToken)
  return subjectOf(`refresh rotations: Gatepost, ${engine}`, server, engine === 'SQLite' ? REFRESH_BUDGET : undefined, async (seconds) => {
    const result = await bench.load({ kind: 'refresh', port: server.port, tokens, seconds }, 'load')
    tokens = [...(result.tokens ?? tokens)]
    return result
  })
}
