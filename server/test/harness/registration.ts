import type { LightMyRequestResponse } from 'fastify'
import type { Browser } from './browser.ts'
import { locationOf } from './pages.ts'
import { CALLBACK, follow } from './relying-party.ts'
import type { TestServer } from './server.ts'

export const REGISTER = '/auth/oauth2/register'

export type ClientInformation = Readonly<Record<string, unknown>> & {
  readonly client_id: string
  readonly client_secret?: string
  readonly registration_access_token: string
  readonly registration_client_uri: string
}

interface Sent {
  readonly token?: string
  readonly ip?: string
}

/** What a client sends to the registration endpoint, as any HTTP client does. */
export function sendMetadata(server: TestServer, body: unknown, { token, ip }: Sent = {}): Promise<LightMyRequestResponse> {
  const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) }
  return server.browser(ip === undefined ? {} : { ip }).raw({ method: 'POST', url: REGISTER, headers, payload: JSON.stringify(body) })
}

export async function registerClient(server: TestServer, metadata: Readonly<Record<string, unknown>> = {}, sent: Sent = {}): Promise<ClientInformation> {
  const answer = await sendMetadata(server, { client_name: 'Agent', redirect_uris: [CALLBACK], grant_types: ['authorization_code', 'refresh_token'], ...metadata }, sent)
  if (answer.statusCode !== 201) throw new Error(answer.body)
  return answer.json()
}

/** A request to the client configuration endpoint (RFC 7592). */
export function manage(server: TestServer, method: 'GET' | 'PUT' | 'DELETE', of: ClientInformation, options: { token?: string; body?: unknown } = {}): Promise<LightMyRequestResponse> {
  const { pathname } = new URL(of.registration_client_uri)
  const authorization = `Bearer ${options.token ?? of.registration_access_token}`
  if (options.body === undefined) return server.browser().raw({ method, url: pathname, headers: { authorization } })
  return server.browser().raw({ method, url: pathname, headers: { authorization, 'content-type': 'application/json' }, payload: JSON.stringify(options.body) })
}

/** Follows an authorization request to the page that asks for consent, and allows it; the address that the answer leads to. */
export async function allowAndFollow(browser: Browser, path: string): Promise<{ location: string | undefined; page: LightMyRequestResponse }> {
  const { answer: page, location } = await follow(browser, path)
  if (location !== undefined) return { location, page }
  const request = new URL(page.raw.req.url ?? '', 'http://here').searchParams.get('request') ?? ''
  const { location: back } = await follow(browser, locationOf(await browser.post('/auth/consent', { request, intent: 'allow' })))
  return { location: back, page }
}
