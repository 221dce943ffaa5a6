/** What the load generator is asked to do, and what it found. Crosses the process boundary as JSON. */
export type LoadJob = RepeatJob | RefreshJob | OverloadJob | PasskeyJob | CodeJob | CodeFlowJob

/** Closed loop: every connection sends the next of the requests as soon as its last one was answered. */
export interface RepeatJob {
  readonly kind: 'repeat'
  readonly port: number
  readonly requests: readonly string[]
  readonly connections: number
  readonly seconds: number
}

/** Closed loop: a connection for each session, which always presents the newest token of its own. */
export interface RefreshJob {
  readonly kind: 'refresh'
  readonly port: number
  readonly tokens: readonly string[]
  readonly seconds: number
  /** How the client of OpenID Connect authenticates whose tokens they are; absent for those of sessions. */
  readonly client?: Readonly<Record<string, string>>
}

/** Open loop: requests leave on time whether or not the server keeps up; latency counts from when they were due. */
export interface OverloadJob {
  readonly kind: 'overload'
  readonly port: number
  readonly tokens: readonly string[]
  readonly refreshesPerSecond: number
  readonly signIns: readonly string[]
  readonly signInsPerSecond: number
  readonly seconds: number
}

/** Closed loop of sign-ins by passkey; the first job registers one for each of the people. */
export interface PasskeyJob {
  readonly kind: 'passkey'
  readonly port: number
  readonly headers: Readonly<Record<string, string>>
  readonly signIns: readonly { readonly identifier: string; readonly password: string }[]
  readonly connections: number
  readonly seconds: number
}

/** Closed loop of sign-ins by emailed code; the mail server is the generator's own. */
export interface CodeJob {
  readonly kind: 'code'
  readonly port: number
  readonly smtpPort: number
  readonly headers: Readonly<Record<string, string>>
  /** More than connections, so that no two walks wait for the same mail. */
  readonly addresses: readonly string[]
  readonly connections: number
  readonly seconds: number
}

/** Closed loop of authorization requests of people who are signed in, each with the redemption of its code. */
export interface CodeFlowJob {
  readonly kind: 'code-flow'
  readonly port: number
  readonly authorizationPath: string
  readonly authorization: Readonly<Record<string, string>>
  /** Fields of the token request, without the code. */
  readonly redemption: Readonly<Record<string, string>>
  readonly cookies: readonly string[]
  readonly connections: number
  readonly seconds: number
}

export interface LoadResult {
  readonly perSecond: number
  readonly medianMs: number
  readonly p99Ms: number
  readonly statuses: Readonly<Record<string, number>>
  /** How many of the 503 carried Retry-After. */
  readonly refusedWithRetryAfter: number
  /** Share of one core that the generator itself used: near 1 it, not the server, was the limit. */
  readonly generatorCpu: number
  /** The newest token of each session, for the next round. */
  readonly tokens?: readonly string[]
  readonly signInStatuses?: Readonly<Record<string, number>>
}

export const REFRESH_PATH = '/auth/api/v1/tokens/refresh'

/** The bytes of a request, made once and sent often. */
export function httpRequest(method: 'GET' | 'POST', path: string, headers: Readonly<Record<string, string>> = {}, body?: unknown): string {
  return body === undefined ? written(method, path, headers) : written(method, path, { ...headers, 'content-type': 'application/json' }, JSON.stringify(body))
}

/** A POST of form fields, as token endpoints take them. */
export function formRequest(path: string, headers: Readonly<Record<string, string>>, fields: Readonly<Record<string, string>>): string {
  return written('POST', path, { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, new URLSearchParams(fields).toString())
}

/** RFC 6749 section 2.3.1. */
export function basicAuthorization({ id, secret }: { readonly id: string; readonly secret: string }): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}` }
}

function written(method: string, path: string, headers: Readonly<Record<string, string>>, text = ''): string {
  const all: Record<string, string> = { host: 'localhost:3000', ...headers }
  if (text !== '') all['content-length'] = String(Buffer.byteLength(text))
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${text}`
}

export function refreshRequest(token: string, client?: Readonly<Record<string, string>>): string {
  if (client) return formRequest('/auth/oauth2/token', client, { grant_type: 'refresh_token', refresh_token: token })
  return httpRequest('POST', REFRESH_PATH, {}, { refresh_token: token })
}

const TOKEN_KEY = '"refresh_token":"'
const TOKEN_LENGTH = 43

/** @throws when the answer holds no token */
export function refreshTokenIn(body: string): string {
  const at = body.indexOf(TOKEN_KEY)
  if (at < 0) throw new Error(`a refresh was refused: ${body.slice(0, 200)}`)
  return body.slice(at + TOKEN_KEY.length, at + TOKEN_KEY.length + TOKEN_LENGTH)
}
