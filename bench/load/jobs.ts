/** What the load generator is asked to do, and what it found. Crosses the process boundary as JSON. */
export type LoadJob = RepeatJob | RefreshJob | OverloadJob | PasskeyJob | CodeJob

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
  const text = body === undefined ? '' : JSON.stringify(body)
  const all: Record<string, string> = { host: 'localhost:3000', ...headers }
  if (body !== undefined) Object.assign(all, { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) })
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${text}`
}

export function refreshRequest(token: string): string {
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
