import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly csrfToken: string | undefined
  readonly body: string
}

/** Speaks the part of the protocol that the browser package depends on, over real HTTP, with an application beside it. */
export interface SimulatedGatepost {
  readonly origin: string
  readonly seen: SeenRequest[]
  readonly requestsTo: (path: string) => number
  signIn(): string[]
  expireAccessToken(): void
  endSession(): void
  /** What an operation below `/api/v1` answers to POST, once for each, the last one again and again; the CSRF token is looked at first. */
  answers(path: string, ...answers: readonly { readonly status: number; readonly body?: unknown }[]): void
  /** From now on only a token that is asked for is good. */
  forgetCsrfTokens(): void
  /** Answers refreshes with this instead. */
  refuseRefreshes(refusal: { status: number; retryAfter?: string } | undefined): void
  stop(): Promise<void>
}

export async function startSimulatedGatepost({ basePath = '/auth', prefix = 'gatepost' } = {}): Promise<SimulatedGatepost> {
  const seen: SeenRequest[] = []
  let made = 0
  let sessionId: string | undefined
  let accessToken: string | undefined
  let csrfToken = 'csrf-anonymous'
  const scripted = new Map<string, { readonly status: number; readonly body?: unknown }[]>()
  let refusal: { status: number; retryAfter?: string } | undefined

  const cookie = (name: string, value: string) => `${prefix}_${name}=${value}; Path=/`

  function renew(): string[] {
    accessToken = `access-${++made}`
    csrfToken = `csrf-${sessionId}`
    return [cookie('access', accessToken), cookie('refresh', `refresh-of-${sessionId}`), cookie('csrf', csrfToken)]
  }

  function end(): string[] {
    sessionId = undefined
    accessToken = undefined
    csrfToken = `csrf-anonymous-${++made}`
    return [`${cookie('access', '')}; Max-Age=0`, `${cookie('refresh', '')}; Max-Age=0`, cookie('csrf', csrfToken)]
  }

  function answer(response: ServerResponse, status: number, body?: unknown, headers: Record<string, string | string[]> = {}): void {
    response.writeHead(status, { ...headers, 'content-type': 'application/json' })
    response.end(body === undefined ? undefined : JSON.stringify(body))
  }

  const refuse = (response: ServerResponse, status: number, code: string, headers: Record<string, string | string[]> = {}) =>
    answer(response, status, { error: { code, message: `${code}.`, request_id: 'request-1' } }, headers)

  function route(request: IncomingMessage, response: ServerResponse, seenRequest: SeenRequest): void {
    const { method, path } = seenRequest
    const cookies = new Map((request.headers.cookie ?? '').split('; ').map((pair) => [pair.split('=')[0], pair.split('=')[1]]))
    const isSignedIn = accessToken !== undefined && cookies.get(`${prefix}_access`) === accessToken
    const hasCsrf = seenRequest.csrfToken !== undefined && seenRequest.csrfToken === cookies.get(`${prefix}_csrf`)

    const script = scripted.get(path)
    if (method === 'POST' && script !== undefined) {
      if (!hasCsrf || seenRequest.csrfToken !== csrfToken) return refuse(response, 403, 'forbidden')
      const { status, body } = (script.length > 1 ? script.shift() : script[0])!
      return answer(response, status, body)
    }
    switch (`${method} ${path}`) {
      case `GET ${basePath}/api/v1/csrf`:
        // As the server does: a token that is good stays.
        if (cookies.get(`${prefix}_csrf`) !== csrfToken) csrfToken = `csrf-asked-${++made}`
        return answer(response, 200, { csrf_token: csrfToken }, { 'set-cookie': [cookie('csrf', csrfToken)] })
      case `POST ${basePath}/api/v1/sessions/refresh`: {
        if (!hasCsrf || seenRequest.csrfToken !== csrfToken) return refuse(response, 403, 'forbidden')
        if (refusal) return refuse(response, refusal.status, 'rate_limited', refusal.retryAfter ? { 'retry-after': refusal.retryAfter } : {})
        const isOurs = sessionId !== undefined && cookies.get(`${prefix}_refresh`) === `refresh-of-${sessionId}`
        return isOurs ? answer(response, 200, undefined, { 'set-cookie': renew() }) : refuse(response, 401, 'unauthorized', { 'set-cookie': end().slice(0, 2) })
      }
      case `POST ${basePath}/api/v1/sessions/logout`:
        return hasCsrf ? answer(response, 204, undefined, { 'set-cookie': end() }) : refuse(response, 403, 'forbidden')
      case `POST ${basePath}/api/v1/login`:
        return refuse(response, 401, 'unauthorized')
      case `GET ${basePath}/api/v1/user`:
        return isSignedIn ? answer(response, 200, USER) : refuse(response, 401, 'unauthorized')
      case 'GET /broken':
        return refuse(response, 401, 'unauthorized')
      default:
        return isSignedIn ? answer(response, 200, { body: seenRequest.body }) : refuse(response, 401, 'unauthorized')
    }
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const csrfHeader = request.headers['x-csrf-token']
      const seenRequest: SeenRequest = {
        method: request.method ?? '',
        path: request.url ?? '',
        csrfToken: typeof csrfHeader === 'string' ? csrfHeader : undefined,
        body: Buffer.concat(chunks).toString(),
      }
      seen.push(seenRequest)
      route(request, response, seenRequest)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    requestsTo: (path) => seen.filter((request) => request.path === path).length,
    signIn() {
      sessionId = `session-${++made}`
      return renew()
    },
    expireAccessToken() {
      accessToken = `access-${++made}`
    },
    endSession() {
      sessionId = undefined
      accessToken = undefined
    },
    answers(path, ...answers) {
      scripted.set(`${basePath}/api/v1/${path}`, [...answers])
    },
    forgetCsrfTokens() {
      csrfToken = `csrf-forgotten-${++made}`
    },
    refuseRefreshes(next) {
      refusal = next
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export const USER = {
  id: '01990000-0000-7000-8000-000000000001',
  email: 'ann@example.com',
  is_anonymous: false,
  username: 'ann',
  display_name: null,
  disabled: false,
  created_at: '2026-01-02T03:04:05.000Z',
  email_verified: true,
  roles: ['admin'],
  session_id: '01990000-0000-7000-8000-000000000003',
  authenticated_at: '2026-01-02T03:04:06.000Z',
}
