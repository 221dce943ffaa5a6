import type { LightMyRequestResponse } from 'fastify'
import type { Browser } from './browser.ts'
import type { TestServer } from './server.ts'

/** Hashing is not the subject and limits would stop what is: for tests that sign in often. */
export const QUICK = { ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1', RATE_LIMITS: 'off' }

/** The value of the access, refresh or CSRF cookie, whatever its prefix. */
export function cookieOf(browser: Browser, kind: 'access' | 'refresh' | 'csrf' | 'device' | 'known'): string {
  const found = [...browser.cookies].find(([name]) => name.endsWith(`_${kind}`))
  if (!found) throw new Error(`the browser has no ${kind} cookie`)
  return found[1]
}

export interface SetCookie {
  readonly name: string
  readonly value: string
  /** The whole header. */
  readonly text: string
  /** In small letters; flags are ''. */
  readonly attributes: ReadonlyMap<string, string>
}

export function setCookiesOf(response: LightMyRequestResponse): SetCookie[] {
  return [response.headers['set-cookie'] ?? []].flat().map((text) => {
    const [pair = '', ...rest] = text.split(';').map((part) => part.trim())
    const attributes = new Map(rest.map((part) => [part.split('=')[0]!.toLowerCase(), part.split('=').slice(1).join('=')]))
    const at = pair.indexOf('=')
    return { name: pair.slice(0, at), value: decodeURIComponent(pair.slice(at + 1)), text, attributes }
  })
}

/** `POST /tokens/refresh` by a client without cookies. */
export function refreshWith(server: TestServer, refreshToken: unknown): Promise<LightMyRequestResponse> {
  return server.browser().raw({
    method: 'POST',
    url: `${server.app.config.basePath}/api/v1/tokens/refresh`,
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify({ refresh_token: refreshToken }),
  })
}

/** What `GET /user` answers to the token alone. */
export async function statusWith(server: TestServer, accessToken: string): Promise<number> {
  const answer = await server.browser().api('GET', '/user', undefined, { authorization: `Bearer ${accessToken}` })
  return answer.statusCode
}

/** Header and payload, unverified. */
export function decodeToken(token: string): { header: Record<string, unknown>; payload: Record<string, unknown> } {
  const [header = '', payload = ''] = token.split('.')
  const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>
  return { header: decode(header), payload: decode(payload) }
}

export interface RecordedEvent {
  readonly type: string
  readonly user_id: string | null
  readonly session_id: string | null
  readonly data: Record<string, unknown>
}

/** Events of these types that concern the user, oldest first. */
export async function eventsOf(server: TestServer, userId: string | null, ...types: string[]): Promise<RecordedEvent[]> {
  const rows = await server.app.database.read.selectFrom('event').selectAll().where('type', 'in', types).orderBy('id').execute()
  return rows
    .filter((row) => userId === null || row.user_id === userId)
    .map((row) => ({ type: row.type, user_id: row.user_id, session_id: row.session_id, data: JSON.parse(row.data) as Record<string, unknown> }))
}

/** Runs `times` calls at once, shared out among the servers. */
export function atOnce<T>(servers: readonly TestServer[], times: number, call: (server: TestServer, index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => call(servers[index % servers.length]!, index)))
}

/** How many answers had each status. */
export function countStatuses(answers: readonly { statusCode: number }[]): Record<number, number> {
  const counts: Record<number, number> = {}
  for (const { statusCode } of answers) counts[statusCode] = (counts[statusCode] ?? 0) + 1
  return counts
}
