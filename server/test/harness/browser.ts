import type { LightMyRequestResponse } from 'fastify'
import type { App } from '../../src/app/compose.ts'

/** A client with a cookie jar that behaves like a browser on our origin, unless a test says otherwise. */
export interface Browser {
  readonly cookies: Map<string, string>
  get(path: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  /** Posts a form with the CSRF token of the jar. */
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  /** Sends JSON with the CSRF token of the jar (fetched when there is none). */
  api(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  /** A request as it stands: only what is given, plus the cookies. */
  raw(options: { method: string; url: string; headers?: Record<string, string>; payload?: string | Buffer }): Promise<LightMyRequestResponse>
  /** Another browser with the same cookies, as of now. */
  copy(): Browser
}

let nextAddress = 1

export function createBrowser(app: App, options: { ip?: string; userAgent?: string } = {}, from?: Map<string, string>): Browser {
  const { publicUrl, basePath } = app.config
  const cookies = new Map(from)
  nextAddress += 1
  const ip = options.ip ?? `198.51.${Math.floor(nextAddress / 250) % 250}.${(nextAddress % 250) + 1}`
  const userAgent = options.userAgent ?? 'Mozilla/5.0 (X11; Linux x86_64) TestBrowser/1.0'
  const csrfName = () => [...cookies.keys()].find((name) => name.endsWith('_csrf')) ?? ''

  async function send(request: { method: string; url: string; headers?: Record<string, string>; payload?: string | Buffer }) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await app.listener.inject({
      method: request.method as 'GET',
      url: request.url,
      remoteAddress: ip,
      headers: { host: new URL(publicUrl).host, 'user-agent': userAgent, ...(cookie ? { cookie } : {}), ...request.headers },
      ...(request.payload === undefined ? {} : { payload: request.payload }),
    })
    for (const set of [response.headers['set-cookie'] ?? []].flat()) keep(set)
    return response
  }

  function keep(set: string): void {
    const [pair = ''] = set.split(';')
    const name = pair.slice(0, pair.indexOf('='))
    const value = decodeURIComponent(pair.slice(pair.indexOf('=') + 1))
    if (/Max-Age=0\b/.test(set)) cookies.delete(name)
    else cookies.set(name, value)
  }

  const own = { origin: publicUrl, 'sec-fetch-site': 'same-origin' }

  async function csrfToken(): Promise<string> {
    if (!cookies.has(csrfName())) await send({ method: 'GET', url: `${basePath}/api/v1/csrf` })
    return cookies.get(csrfName()) ?? ''
  }

  return {
    cookies,
    get: (path, headers = {}) => send({ method: 'GET', url: path, headers: { accept: 'text/html', ...headers } }),
    async post(path, fields, headers = {}) {
      const body = new URLSearchParams({ csrf_token: await csrfToken(), ...fields })
      return send({
        method: 'POST',
        url: path,
        headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', ...own, ...headers },
        payload: body.toString(),
      })
    },
    async api(method, path, body, headers = {}) {
      return send({
        method,
        url: `${basePath}/api/v1${path}`,
        headers: {
          accept: 'application/json',
          ...(method === 'GET' ? {} : { 'x-csrf-token': await csrfToken(), ...own }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      })
    },
    raw: send,
    copy: () => createBrowser(app, { ip, userAgent }, cookies),
  }
}
