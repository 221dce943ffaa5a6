import { join } from 'node:path'
import { findFreePort } from '../../scripts/test-services/service.ts'
import { httpRequest } from '../load/jobs.ts'
import { BENCH_PASSWORD, benchEmail } from './bench-users.ts'
import { startNode, untilAnswers, type Core, type StartedProcess } from './start-process.ts'

export interface BetterAuth extends StartedProcess {
  readonly port: number
}

export async function startBetterAuth(folder: string, algorithm: 'scrypt' | 'argon2id', users: number, core?: Core): Promise<BetterAuth> {
  const port = await findFreePort()
  const path = join(folder, `better-auth-${port}.db`)
  const started = startNode('bench/better-auth-server.ts', { args: [String(port), path, algorithm, String(users)], core, env: { NODE_ENV: 'production' } })
  await untilAnswers(started, `http://127.0.0.1:${port}/api/auth/ok`)
  return { ...started, port }
}

export function betterAuthSignIns(port: number, users: readonly number[]): string[] {
  const headers = { origin: `http://127.0.0.1:${port}`, 'user-agent': 'bench' }
  return users.map((user) => httpRequest('POST', '/api/auth/sign-in/email', headers, { email: benchEmail(user), password: BENCH_PASSWORD }))
}

/** Requests that look up the session of a user each. */
export async function betterAuthLookUps(port: number, count: number): Promise<string[]> {
  const requests: string[] = []
  for (let user = 0; user < count; user++) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: `http://127.0.0.1:${port}` },
      body: JSON.stringify({ email: benchEmail(user), password: BENCH_PASSWORD }),
    })
    if (answer.status !== 200) throw new Error(`a sign-in at Better Auth was answered ${answer.status}: ${await answer.text()}`)
    const cookie = answer.headers.getSetCookie().map((each) => each.split(';')[0]).join('; ')
    requests.push(httpRequest('GET', '/api/auth/get-session', { cookie }))
  }
  return requests
}
