import { basicAuthorization, formRequest, type LoadResult } from '../load/jobs.ts'
import { BENCH_CALLBACK } from '../subjects/bench-clients.ts'
import { authorizationPath, CODE_VERIFIER, createBenchClients, issueTokens } from '../subjects/gatepost-clients.ts'
import { openSessions, startGatepost } from '../subjects/gatepost.ts'
import { startBareProvider } from '../subjects/oidc-provider.ts'
import type { StartedProcess } from '../subjects/start-process.ts'
import { absoluteBesideLimit, ENGINES, expectOnly, measureBesideLimit, noneYet, ratioToLimit, type Bench, type BesideLimit, type Finding, type Measurable } from './bench.ts'

const CLIENT_CREDENTIALS_BUDGET = 0.8
const USERS = 1_000
const CONNECTIONS = 32
const TOKEN_PATH = '/auth/oauth2/token'

interface Subject extends Measurable, BesideLimit {
  readonly name: string
  readonly against: 'client credentials' | 'introspection'
}

/** What the provider issues and says, against oidc-provider alone and in memory on the same core. */
export async function measureProvider(bench: Bench): Promise<Finding[]> {
  const { rounds, secondsEach } = bench.plan
  const bare = bench.keep(await startBareProvider('server'))
  const repeat = (port: number, requests: readonly string[]) => async (seconds: number) =>
    expectOnly(200, await bench.load({ kind: 'repeat', port, requests, connections: CONNECTIONS, seconds }, 'load'))
  const measuring = (load: (seconds: number) => Promise<LoadResult>) => async (seconds: number) => (await load(seconds)).perSecond
  const row = (name: string, server: StartedProcess, against: Subject['against'], load: (seconds: number) => Promise<LoadResult>): Subject => ({ name, server, against, measure: measuring(load), ...noneYet() })
  const limits: Record<Subject['against'], Measurable> = {
    'client credentials': { server: bare, measure: measuring(repeat(bare.port, [bare.clientCredentials])) },
    introspection: { server: bare, measure: measuring(repeat(bare.port, [bare.introspection])) },
  }
  const subjects: Subject[] = []
  const stops = [bare.stop]
  for (const engine of ENGINES) {
    const url = await bench.database(engine, USERS)
    const { machine, web } = await createBenchClients(url)
    const server = bench.keep(await startGatepost(url, { core: 'server' }))
    stops.push(server.stop)
    const { port } = server
    const sessions = await openSessions(port, CONNECTIONS)
    const issued = await issueTokens(port, web, sessions)
    const authorization = basicAuthorization(web)
    let tokens = issued.map((one) => one.refreshToken)
    subjects.push(
      row(`client credentials: Gatepost, ${engine}`, server, 'client credentials', repeat(port, [formRequest(TOKEN_PATH, basicAuthorization(machine), { grant_type: 'client_credentials' })])),
      row(`refresh grant: Gatepost, ${engine}`, server, 'client credentials', async (seconds) => {
        const result = expectOnly(200, await bench.load({ kind: 'refresh', port, tokens, seconds, client: authorization }, 'load'))
        tokens = [...(result.tokens ?? tokens)]
        return result
      }),
      row(`code flow of somebody signed in: Gatepost, ${engine}`, server, 'client credentials', async (seconds) => {
        const redemption = { grant_type: 'authorization_code', redirect_uri: BENCH_CALLBACK, code_verifier: CODE_VERIFIER }
        const cookies = sessions.map(({ accessToken }) => `gatepost_access=${accessToken}`)
        return expectOnly(200, await bench.load({ kind: 'code-flow', port, authorizationPath: authorizationPath(web), authorization, redemption, cookies, connections: CONNECTIONS, seconds }, 'load'))
      }),
      row(`introspection: Gatepost, ${engine}`, server, 'introspection', repeat(port, issued.map((one) => formRequest('/auth/oauth2/introspect', authorization, { token: one.accessToken })))),
    )
  }

  // What refreshing leaves of the tokens that are looked into: those of the same grants, which rotation keeps.
  for (const one of [...Object.values(limits), ...subjects]) await one.measure(Math.min(1.5, secondsEach))
  for (let round = 0; round < rounds; round++) {
    bench.note(`provider, round ${round + 1} of ${rounds}`)
    for (const one of subjects) await measureBesideLimit(limits[one.against], one, secondsEach)
  }
  await Promise.all(stops.map((stop) => stop()))
  return subjects.map((subject) => {
    const { name, against } = subject
    const ratio = ratioToLimit(subject)
    const isBudgeted = name.startsWith('client credentials')
    return {
      what: name,
      measured: ratio.toFixed(2),
      against: `${against} of oidc-provider alone, in memory`,
      budget: isBudgeted ? `>= ${CLIENT_CREDENTIALS_BUDGET.toFixed(2)}` : '',
      isMet: isBudgeted ? ratio >= CLIENT_CREDENTIALS_BUDGET : undefined,
      absolute: absoluteBesideLimit(subject),
    }
  })
}
