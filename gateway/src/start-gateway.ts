import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { browsableUrl, parseBindAddress } from './bind-address.ts'
import { findMalformation, isWebSocketUpgrade } from './check-request.ts'
import { closeGracefully } from './close-gracefully.ts'
import { createEdgeAuth } from './edge-auth.ts'
import { forwardHeaders } from './forward-headers.ts'
import { answerFailure, sendAnswer, writeAnswer, type GatewayAnswer } from './gateway-answer.ts'
import { DEFAULT_TIMEOUTS, type GatewayOptions } from './gateway-options.ts'
import { silentLogger } from './json-logger.ts'
import { routeTarget } from './route-target.ts'
import { createTrustedProxies } from './trusted-proxies.ts'
import { answerUnreadable } from './unreadable-request.ts'
import { createUpstreamProxy, type UpstreamProxy } from './upstream-proxy.ts'

export interface Gateway {
  /** An address a browser on this machine can open. */
  readonly url: string
  /** Takes no more requests, lets those in flight finish within the drain time, then ends the rest. */
  close(): Promise<void>
}

type Decision = { readonly upstream: UpstreamProxy; readonly headers: IncomingHttpHeaders } | { readonly answer: GatewayAnswer }

/** Longer than proxies in front usually keep theirs, so that it is never this side that closes one being used again. */
const CLIENT_KEEP_ALIVE_MILLISECONDS = 65_000
/** Between two checks of slow clients; Node looks at all connections together. */
const SLOW_CLIENT_CHECK_MILLISECONDS = 1_000

/**
 * Starts the gateway and resolves once it listens.
 * @throws TypeError when an option cannot be read; the listener's own error (EADDRINUSE ...) when it cannot listen.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const bind = parseBindAddress(options.bind)
  if (bind === undefined) throw new TypeError(`bind is not address:port: ${options.bind}`)
  const { basePath = '/auth', logger = silentLogger } = options
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts }
  const trustedProxies = createTrustedProxies(options.trustedProxies ?? [])
  const basePrefix = basePath === '/' ? '' : basePath
  const edgeAuth = createEdgeAuth(options.edgeAuth ?? { mode: 'off' }, {
    issuer: options.publicUrl === undefined ? undefined : `${options.publicUrl.replace(/\/+$/, '')}${basePrefix}`,
    jwksUrl: `${options.gatepostUpstream.replace(/\/+$/, '')}${basePrefix}/.well-known/jwks.json`,
  })

  /** Connections without an end of their own: WebSockets and event streams. */
  const endless = new Set<Duplex>()
  const rememberEndless = (socket: Duplex | null): void => {
    if (socket === null) return
    endless.add(socket)
    socket.once('close', () => endless.delete(socket))
  }
  let isClosing = false
  const onEventStream = (response: ServerResponse): void => rememberEndless(response.socket)
  const shared = { timeouts, logger, isClosing: () => isClosing, onEventStream }
  const upstreams = {
    gatepost: createUpstreamProxy({ ...shared, name: 'gatepost', origin: options.gatepostUpstream }),
    app: createUpstreamProxy({ ...shared, name: 'app', origin: options.appUpstream }),
  }

  async function decide(request: IncomingMessage, isUpgrade: boolean): Promise<Decision> {
    const target = request.url ?? ''
    const route = routeTarget(target, basePath)
    if (route === undefined || findMalformation(request) !== undefined) return { answer: answerFailure('bad_request', request) }
    const headers = forwardHeaders(request, trustedProxies)
    if (route === 'gatepost') return { upstream: upstreams.gatepost, headers }
    // A redirect says nothing to a WebSocket client: what is refused is refused with a status, whatever it claims to accept.
    const seen = isUpgrade ? { ...headers, accept: '*/*' } : headers
    const decision = await edgeAuth.admit({ method: request.method ?? 'GET', target, headers: seen })
    if (!decision.isAdmitted) return { answer: decision.answer }
    return { upstream: upstreams.app, headers: { ...headers, ...decision.headers } }
  }

  async function onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.once('close', () => {
      if (isClosing) setImmediate(() => server.closeIdleConnections())
    })
    const decision = await decide(request, false)
    if (response.destroyed) return
    if ('answer' in decision) sendAnswer(response, decision.answer)
    else decision.upstream.forward(request, response, decision.headers)
  }

  async function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    rememberEndless(socket)
    socket.on('error', () => socket.destroy())
    const decision = await decide(request, true)
    if (socket.destroyed) return
    if ('answer' in decision) writeAnswer(socket, decision.answer)
    else decision.upstream.upgrade(request, socket, head, decision.headers)
  }

  const fault = (error: unknown): GatewayAnswer => {
    logger.error({ error: error instanceof Error ? error.stack : String(error) }, 'request failed')
    const body = '{"error":{"code":"internal_error","message":"Something went wrong."}}'
    return { status: 500, headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }, body }
  }
  const server = createServer({
    headersTimeout: timeouts.requestHeadersMilliseconds,
    requestTimeout: timeouts.requestMilliseconds,
    connectionsCheckingInterval: Math.min(SLOW_CLIENT_CHECK_MILLISECONDS, timeouts.requestHeadersMilliseconds),
    keepAliveTimeout: CLIENT_KEEP_ALIVE_MILLISECONDS,
    shouldUpgradeCallback: isWebSocketUpgrade,
  })
  server.on('request', (request, response) => {
    onRequest(request, response).catch((error) => (response.headersSent ? response.destroy() : sendAnswer(response, fault(error))))
  })
  server.on('upgrade', (request, socket, head) => {
    onUpgrade(request, socket, head).catch((error) => writeAnswer(socket, fault(error)))
  })
  server.on('connect', (request, socket) => writeAnswer(socket, answerFailure('bad_request', request)))
  server.on('clientError', answerUnreadable)

  await listen(server, bind.host, bind.port)
  const url = browsableUrl(bind, (server.address() as AddressInfo).port)
  logger.info({ url, gatepost: options.gatepostUpstream, app: options.appUpstream, base_path: basePath }, 'gateway listening')

  let closed: Promise<void> | undefined
  return {
    url,
    close() {
      isClosing = true
      closed ??= closeGracefully(server, { endless, drainMilliseconds: timeouts.drainMilliseconds }).finally(() => {
        upstreams.gatepost.close()
        upstreams.app.close()
        logger.info({}, 'gateway closed')
      })
      return closed
    },
  }
}

function listen(server: Server, host: string | undefined, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, ...(host !== undefined && { host }) }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
