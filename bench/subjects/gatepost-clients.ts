import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { basicAuthorization } from '../load/jobs.ts'
import { BENCH_CALLBACK, BENCH_SCOPE } from './bench-clients.ts'
import { gatepostEnvironment, type BenchSession } from './gatepost.ts'

const MAIN = fileURLToPath(new URL('../../server/dist/main.js', import.meta.url))
const run = promisify(execFile)

export interface BenchClient {
  readonly id: string
  readonly secret: string
}

/** RFC 7636: one verifier for all, which a client would never do and the server cannot tell. */
export const CODE_VERIFIER = 'a-verifier-of-the-benchmark-that-is-long-enough-43'
const CODE_CHALLENGE = createHash('sha256').update(CODE_VERIFIER).digest('base64url')

/** Registered as an operator would: by the command line. */
export async function createBenchClients(databaseUrl: string): Promise<{ machine: BenchClient; web: BenchClient }> {
  const create = async (...options: string[]): Promise<BenchClient> => {
    const { stdout } = await run(process.execPath, [MAIN, 'clients', 'create', '--json', ...options], { env: { ...process.env, ...gatepostEnvironment(databaseUrl) } })
    const { client_id: id, client_secret: secret } = JSON.parse(stdout) as { client_id: string; client_secret: string }
    return { id, secret }
  }
  return {
    machine: await create('--name', 'Machine', '--type', 'machine', '--scope', BENCH_SCOPE),
    web: await create('--name', 'Shop', '--type', 'web', '--redirect-uri', BENCH_CALLBACK),
  }
}

/** An authorization request of somebody who is signed in. */
export function authorizationPath({ id }: BenchClient): string {
  const query = { client_id: id, response_type: 'code', scope: 'openid', redirect_uri: BENCH_CALLBACK, code_challenge: CODE_CHALLENGE, code_challenge_method: 'S256', state: 'bench', nonce: 'bench' }
  return `/auth/oauth2/authorize?${new URLSearchParams(query).toString()}`
}

export interface IssuedTokens {
  readonly accessToken: string
  readonly refreshToken: string
}

/** The whole code flow for each session. */
export async function issueTokens(port: number, client: BenchClient, sessions: readonly BenchSession[]): Promise<IssuedTokens[]> {
  const origin = `http://127.0.0.1:${port}`
  const issued: IssuedTokens[] = []
  for (const { accessToken } of sessions) {
    const sent = await fetch(`${origin}${authorizationPath(client)}`, { redirect: 'manual', headers: { cookie: `gatepost_access=${accessToken}` } })
    const code = new URL(sent.headers.get('location') ?? origin).searchParams.get('code')
    if (code === null) throw new Error(`an authorization request was answered ${sent.status}: ${await sent.text()}`)
    const body = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: BENCH_CALLBACK, code_verifier: CODE_VERIFIER })
    const answer = await fetch(`${origin}/auth/oauth2/token`, { method: 'POST', headers: basicAuthorization(client), body })
    if (answer.status !== 200) throw new Error(`a code was answered ${answer.status}: ${await answer.text()}`)
    const tokens = (await answer.json()) as { access_token: string; refresh_token: string }
    issued.push({ accessToken: tokens.access_token, refreshToken: tokens.refresh_token })
  }
  return issued
}
