import { findFreePort } from '../../scripts/test-services/service.ts'
import { httpRequest } from '../load/jobs.ts'
import { BENCH_PASSWORD, benchEmail } from './bench-users.ts'
import { startNode, untilAnswers, type Core, type StartedProcess } from './start-process.ts'

const BENCH_KEY = 'c0ffee0123456789abcdef0011223344556677889900aabbccddeeff01020304'

export interface Gatepost extends StartedProcess {
  readonly port: number
  readonly msToFirstAnswer: number
}

/** What `npm run build` makes, and the same from its sources. */
const ENTRIES = { built: 'server/dist/main.js', sources: 'server/src/main.ts' } as const

export const gatepostEnvironment = (databaseUrl: string) => ({ NODE_ENV: 'development', DATABASE_URL: databaseUrl, ENCRYPTION_KEY: BENCH_KEY, RATE_LIMITS: 'off', LOG_LEVEL: 'error' })

/** `gatepost serve` as it is shipped, but for the rate limits; Argon2 and everything else at its defaults. */
export async function startGatepost(databaseUrl: string, options: { core?: Core; from?: keyof typeof ENTRIES; smtpPort?: number } = {}): Promise<Gatepost> {
  const port = await findFreePort()
  const env = {
    ...gatepostEnvironment(databaseUrl),
    PORT: String(port),
    ...(options.smtpPort === undefined ? {} : { SMTP_URL: `smtp://127.0.0.1:${options.smtpPort}` }),
  }
  const started = startNode(ENTRIES[options.from ?? 'built'], { args: ['serve'], env, ...options })
  const msToFirstAnswer = await untilAnswers(started, `http://127.0.0.1:${port}/auth/login`)
  return { ...started, port, msToFirstAnswer }
}

/** What a page of the origin sends along. */
export async function pageHeaders(port: number): Promise<Record<string, string>> {
  const answer = await fetch(`http://127.0.0.1:${port}/auth/api/v1/csrf`)
  const { csrf_token: token } = (await answer.json()) as { csrf_token: string }
  return { origin: 'http://localhost:3000', cookie: `gatepost_csrf=${token}`, 'x-csrf-token': token, 'user-agent': 'bench' }
}

/** Requests that sign in as a user each, as a page of the origin sends them. */
export async function signInRequests(port: number, users: readonly number[]): Promise<string[]> {
  const headers = await pageHeaders(port)
  return users.map((user) => httpRequest('POST', '/auth/api/v1/login', headers, { identifier: benchEmail(user), password: BENCH_PASSWORD }))
}

export interface BenchSession {
  readonly accessToken: string
  readonly refreshToken: string
}

/** Signs in as user 0, 1, 2 ... and keeps the cookies. */
export async function openSessions(port: number, count: number): Promise<BenchSession[]> {
  const origin = `http://127.0.0.1:${port}/auth/api/v1`
  const { csrf_token: token } = (await (await fetch(`${origin}/csrf`)).json()) as { csrf_token: string }
  const headers = { 'content-type': 'application/json', cookie: `gatepost_csrf=${token}`, 'x-csrf-token': token }
  const sessions: BenchSession[] = []
  for (let user = 0; user < count; user++) {
    const body = JSON.stringify({ identifier: benchEmail(user), password: BENCH_PASSWORD })
    const answer = await fetch(`${origin}/login`, { method: 'POST', headers, body })
    if (answer.status !== 200) throw new Error(`a sign-in was answered ${answer.status}: ${await answer.text()}`)
    const cookies = answer.headers.getSetCookie()
    sessions.push({ accessToken: cookieIn(cookies, 'gatepost_access'), refreshToken: cookieIn(cookies, 'gatepost_refresh') })
  }
  return sessions
}

function cookieIn(cookies: readonly string[], name: string): string {
  const value = cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1).split(';')[0]
  if (!value) throw new Error(`no cookie ${name} was set`)
  return value
}
