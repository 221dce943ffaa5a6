import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bareEnvironment, REPOSITORY } from './gatepost.ts'

const MAX_BODY_BYTES = 10_000

/** An application at an origin of its own, that answers its callback by sending the browser home, as most do. */
export interface RelyingApplication {
  readonly origin: string
  readonly callback: string
  /** What came to the callback, by which method. */
  readonly received: { readonly method: string; readonly parameters: URLSearchParams }[]
  /** Paths with queries of everything else that was asked of it. */
  readonly opened: string[]
  /** While it is set, `/frame` is never answered. */
  holdsFrames: boolean
  /** Makes it known to the server whose database this is, with these options more; its client id. */
  register(database: Readonly<Record<string, string>>, options?: readonly string[]): Promise<string>
  close(): Promise<void>
}

export async function startRelyingApplication(): Promise<RelyingApplication> {
  const received: RelyingApplication['received'] = []
  const opened: string[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (url.pathname !== '/callback') opened.push(`${url.pathname}${url.search}`)
    if (url.pathname === '/frame' && application.holdsFrames) return
    if (url.pathname !== '/callback') return void response.setHeader('content-type', 'text/html').end('<!doctype html><title>At home</title><h1>At home</h1>')
    let body = ''
    request.on('data', (chunk: Buffer) => (body = `${body}${chunk.toString()}`.slice(0, MAX_BODY_BYTES)))
    request.on('end', () => {
      received.push({ method: request.method ?? '', parameters: request.method === 'POST' ? new URLSearchParams(body) : url.searchParams })
      response.writeHead(303, { location: '/home' }).end()
    })
  }).listen(0, 'localhost')
  await once(server, 'listening')
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  const callback = `${origin}/callback`
  const application: RelyingApplication = {
    origin,
    callback,
    received,
    opened,
    holdsFrames: false,
    async register(database, options = []) {
      const command = [join(REPOSITORY, 'server/src/main.ts'), 'clients', 'create', '--name', 'Shop', '--type', 'web', '--redirect-uri', callback, '--json', ...options]
      const { stdout } = await promisify(execFile)(process.execPath, command, { env: { ...bareEnvironment(), ...database } })
      return (JSON.parse(stdout) as { client_id: string }).client_id
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return application
}
