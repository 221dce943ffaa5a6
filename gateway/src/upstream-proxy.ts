import { Agent, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'

import type { Duplex } from 'node:stream'
import { createProxyServer } from 'http-proxy-3'
import { answerFailure, sendAnswer, writeAnswer, type GatewayFailure } from './gateway-answer.ts'
import type { GatewayTimeouts } from './gateway-options.ts'
import type { Logger } from './json-logger.ts'
import { relayResponse } from './relay-response.ts'

export interface UpstreamProxy {
  /** Sends a request with these headers and relays the answer. */
  forward(request: IncomingMessage, response: ServerResponse, headers: IncomingHttpHeaders): void
  /** Hands a WebSocket handshake over; afterwards bytes pass both ways. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, headers: IncomingHttpHeaders): void
  close(): void
}

const RESPONSE_TIMEOUT = 'UPSTREAM_RESPONSE_TIMEOUT'
const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNECT_TIMEOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'])

/** The way to one upstream (http-proxy-3 over a keep-alive agent). */
export function createUpstreamProxy(options: {
  name: string
  origin: string
  timeouts: GatewayTimeouts
  logger: Logger
  isClosing: () => boolean
  onEventStream: (response: ServerResponse) => void
}): UpstreamProxy {
  const { name, origin, timeouts, logger } = options
  const agent = origin.startsWith('https:') ? new HttpsAgent({ keepAlive: true }) : new Agent({ keepAlive: true })
  const proxy = createProxyServer({
    target: origin,
    agent,
    // The request target goes out as it came; without this the library would resolve it as a URL first.
    toProxy: true,
    prependPath: false,
    selfHandleResponse: true,
    connectTimeout: timeouts.upstreamConnectMilliseconds,
  })
  const headersOf = new WeakMap<IncomingMessage, IncomingHttpHeaders>()
  const outgoingOf = new WeakMap<IncomingMessage, ClientRequest>()
  const answeredHandshakes = new WeakSet<IncomingMessage>()

  // The library turns a chunked DELETE or OPTIONS into `Content-Length: 0` with its body behind: a second, smuggled request on the
  // shared upstream connection. So the headers are settled after its own passes.
  const settleHeaders = (request: IncomingMessage): void => {
    request.headers = headersOf.get(request) as IncomingHttpHeaders
  }
  proxy.before('web', 'stream', settleHeaders)
  proxy.before('ws', 'stream', settleHeaders)

  proxy.on('proxyReq', (outgoing, request) => {
    outgoingOf.set(request, outgoing)
    limitResponseTime(outgoing, timeouts.upstreamResponseMilliseconds)
    // Nobody asked this upstream to switch protocols; Node would drop the connection and say nothing.
    outgoing.once('upgrade', (_answer, socket) => refuseUpgrade(outgoing, socket))
  })
  proxy.on('proxyReqWs', (outgoing, request, socket) => {
    limitResponseTime(outgoing, timeouts.upstreamResponseMilliseconds)
    socket.once('close', () => outgoing.destroy())
    outgoing.once('upgrade', () => answeredHandshakes.add(request))
    outgoing.once('response', (upstream) => {
      answeredHandshakes.add(request)
      prepareHandshakeRefusal(upstream, socket)
    })
  })
  proxy.on('proxyRes', (upstream, request, response) => {
    if (response.destroyed || response.headersSent) return void upstream.destroy()
    if (upstream.headers['content-type']?.startsWith('text/event-stream') === true) options.onEventStream(response)
    try {
      relayResponse(upstream, request, response, { isLast: options.isClosing() })
    } catch (error) {
      // What Node's parser let in and its writer will not send, such as the status 000.
      upstream.destroy()
      sendAnswer(response, answerFailure(explain(error as Error), request))
    }
  })
  // Errors of a client's own socket; the ones of the upstream go to the callbacks below.
  proxy.on('error', () => undefined)

  function explain(error: Error): GatewayFailure {
    const { code } = error as NodeJS.ErrnoException
    logger.warn({ upstream: name, code: code ?? error.message }, 'upstream failed')
    if (code === RESPONSE_TIMEOUT) return 'gateway_timeout'
    // A refusal on every address of a name arrives as one AggregateError with the code of the first.
    return code !== undefined && UNREACHABLE.has(code) ? 'service_unavailable' : 'bad_gateway'
  }

  function send(request: IncomingMessage, response: ServerResponse, isRetry: boolean): void {
    proxy.web(request, response, {}, (error) => {
      // Once the answer has begun, `relayResponse` ends it one way or the other.
      if (response.destroyed || response.headersSent) return undefined
      if (!isRetry && isStaleConnection(error, request, outgoingOf.get(request))) return send(request, response, true)
      return sendAnswer(response, answerFailure(explain(error), request))
    })
  }

  return {
    forward(request, response, headers) {
      headersOf.set(request, headers)
      send(request, response, false)
    },
    upgrade(request, socket, head, headers) {
      headersOf.set(request, { ...headers, connection: 'Upgrade', upgrade: 'websocket' })
      proxy.ws(request, socket, head, {}, (error) => {
        if (!answeredHandshakes.has(request)) writeAnswer(socket, answerFailure(explain(error), request))
      })
    },
    close() {
      agent.destroy()
    },
  }
}

/** The library copies the answer of an upstream that refuses a handshake as it is; the client's connection ends with it. */
function prepareHandshakeRefusal(upstream: IncomingMessage, socket: Duplex): void {
  upstream.headers = { ...upstream.headers, connection: 'close' }
  delete upstream.headers['keep-alive']
  upstream.once('error', () => socket.destroy())
}

function refuseUpgrade(outgoing: ClientRequest, socket: Duplex): void {
  socket.destroy()
  outgoing.emit('error', Object.assign(new Error('upgrade without a request for one'), { code: 'UNEXPECTED_UPGRADE' }))
}

/** Counted from the end of the request, because an upload may rightly take its time; an event stream is silent only after it began. */
function limitResponseTime(outgoing: ClientRequest, milliseconds: number): void {
  outgoing.once('finish', () => {
    const expire = (): void => void outgoing.destroy(Object.assign(new Error('no answer in time'), { code: RESPONSE_TIMEOUT }))
    const timer = setTimeout(expire, milliseconds).unref()
    for (const event of ['response', 'upgrade', 'close']) outgoing.once(event, () => clearTimeout(timer))
  })
}

/**
 * An upstream may close an idle connection at the very moment it is used again. RFC 9110, 9.2.2 allows one more try for a request
 * that is safe to repeat; one with a body is not, its bytes are gone.
 */
function isStaleConnection(error: Error, request: IncomingMessage, outgoing: ClientRequest | undefined): boolean {
  const { code } = error as NodeJS.ErrnoException
  const isRepeatable = ['GET', 'HEAD', 'OPTIONS'].includes(request.method ?? '') && request.complete && !hasBody(request)
  return isRepeatable && outgoing?.reusedSocket === true && (code === 'ECONNRESET' || code === 'EPIPE')
}

function hasBody(request: IncomingMessage): boolean {
  return request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined
}
