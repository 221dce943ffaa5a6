/** A client over real sockets, with a cookie jar, for servers that run as processes of their own. */
import { request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
  json<Body>(): Body
}

export interface HttpClient {
  readonly cookies: Map<string, string>
  send(method: string, path: string, options?: { headers?: Record<string, string>; body?: string }): Promise<Answer>
  /** JSON to `/api/v1`, with the CSRF token of the jar. */
  api(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Answer>
}

export function createHttpClient(port: number, options: { basePath?: string; origin?: string; userAgent?: string } = {}): HttpClient {
  const { basePath = '/auth', origin = 'http://localhost:3000', userAgent = 'Mozilla/5.0 (X11; Linux x86_64) TestBrowser/1.0' } = options
  const cookies = new Map<string, string>()

  async function send(method: string, path: string, given: { headers?: Record<string, string>; body?: string } = {}): Promise<Answer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { host: new URL(origin).host, 'user-agent': userAgent, ...(cookie === '' ? {} : { cookie }), ...given.headers }
    const answer = await sendOnce(port, method, path, headers, given.body)
    for (const set of answer.headers['set-cookie'] ?? []) {
      const [pair = ''] = set.split(';')
      const name = pair.slice(0, pair.indexOf('='))
      if (/Max-Age=0\b/.test(set)) cookies.delete(name)
      else cookies.set(name, decodeURIComponent(pair.slice(pair.indexOf('=') + 1)))
    }
    return answer
  }

  async function csrfToken(): Promise<string> {
    const find = () => [...cookies].find(([name]) => name.endsWith('_csrf'))?.[1]
    if (find() === undefined) await send('GET', `${basePath}/api/v1/csrf`)
    return find() ?? ''
  }

  const own = { origin, 'sec-fetch-site': 'same-origin' }
  return {
    cookies,
    send,
    get: (path, headers = {}) => send('GET', path, { headers: { accept: 'text/html', ...headers } }),
    async post(path, fields, headers = {}) {
      const body = new URLSearchParams({ csrf_token: await csrfToken(), ...fields }).toString()
      return send('POST', path, { body, headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', ...own, ...headers } })
    },
    async api(method, path, body, headers = {}) {
      const change = method === 'GET' ? {} : { 'x-csrf-token': await csrfToken(), ...own }
      const typed = body === undefined ? {} : { 'content-type': 'application/json' }
      return send(method, `${basePath}/api/v1${path}`, { headers: { accept: 'application/json', ...change, ...typed, ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    },
  }
}

function sendOnce(port: number, method: string, path: string, headers: Record<string, string>, body: string | undefined): Promise<Answer> {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers: { ...headers, ...length }, agent: false }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text, json: <Body>() => JSON.parse(text) as Body })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

export interface RawAnswer {
  /** Everything the server wrote until it hung up or `until` was satisfied. */
  readonly text: string
  /** Of the first response; 0 when there was none. */
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly durationMs: number
  readonly isClosed: boolean
}

/** Writes bytes as they stand, chunk after chunk for as long as the server takes them, and reads what comes back. */
export function sendRaw(port: number, chunks: Iterable<string | Buffer>, options: { timeoutMs?: number } = {}): Promise<RawAnswer> {
  const { timeoutMs = 5_000 } = options
  const startedAt = performance.now()
  return new Promise((resolve) => {
    let text = ''
    let isClosed = false
    const socket = connect(port, '127.0.0.1')
    const timer = setTimeout(() => socket.destroy(), timeoutMs)
    const source = chunks[Symbol.iterator]()
    const write = () => {
      while (!socket.destroyed) {
        const next = source.next()
        if (next.done === true) return
        if (!socket.write(next.value)) return void socket.once('drain', write)
      }
    }
    const finish = () => {
      clearTimeout(timer)
      socket.destroy()
      const [head = ''] = text.split('\r\n\r\n', 1)
      const lines = head.split('\r\n').slice(1).map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const)
      resolve({ text, status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), headers: new Map(lines), durationMs: performance.now() - startedAt, isClosed })
    }
    socket.on('connect', write)
    socket.on('data', (data: Buffer) => {
      text += data.toString('latin1')
      if (isWhole(text)) finish()
    })
    socket.on('error', () => undefined)
    socket.on('end', () => (isClosed = true))
    socket.on('close', finish)
  })
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n')
  const length = /^content-length: (\d+)/im.exec(text.slice(0, Math.max(end, 0)))?.[1]
  return end >= 0 && length !== undefined && text.length >= end + 4 + Number(length)
}
