import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fastify } from 'fastify'
import type { Logger } from '../platform/logger.ts'
import type { Random } from '../platform/random.ts'
import { Unavailable } from '../platform/unavailable.ts'
import { answerBrokenRequest, newRequestId } from './answer-broken-request.ts'
import { decodeBody, MalformedInput } from './decode-body.ts'
import type { Refusal } from './error-codes.ts'
import { ERROR_CODES, errorBody, refuse } from './error-codes.ts'
import { parseFields } from './parse-form.ts'
import { parseStrictJson } from '../domain/strict-json.ts'
import type { RouteTable } from './route-table.ts'
import { followRoutes } from './route-table.ts'
import { securityHeaders } from './security-headers.ts'

/** Many times the largest body any operation takes. */
export const BODY_LIMIT_BYTES = 64 * 1024
/** Whoever has not sent the whole request by then is cut off. */
const REQUEST_TIMEOUT_MS = 15_000
/** How often Node looks for them; its own default would let them stay half a minute longer. */
const TIMEOUT_CHECK_MS = 1_000
/** Longer than the minute for which proxies commonly keep idle connections, so that they close first. */
const KEEP_ALIVE_TIMEOUT_MS = 72_000

/** The longest part of an address that a route takes: an OAuth client id. */
const PARAMETER_MAX_LENGTH = 255

/** Turns a refusal into an HTML page, for requests that are not the API's. */
export type RefusalPage = (request: FastifyRequest, refusal: Refusal, status: number) => Promise<string>

export interface ListenerOptions {
  readonly logger: Logger
  readonly random: Random
  readonly trustedProxies: readonly string[]
  readonly isSecure: boolean
}

export interface Listener {
  readonly listener: FastifyInstance
  readonly routes: RouteTable
}

function refuseSchemas(): never {
  throw new Error('a route has a JSON schema of Fastify: check its input and write its answer as the others do')
}

/** The Fastify instance with everything that holds for every door: ids, parsing, headers, errors, logging. */
export function createListener(options: ListenerOptions): Listener {
  const { logger, random } = options
  const headers = securityHeaders({ isSecure: options.isSecure })
  const listener = fastify({
    logger: false,
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Node watches bodies only when headers have to be there no later than the whole.
    http: { connectionsCheckingInterval: TIMEOUT_CHECK_MS, headersTimeout: REQUEST_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS, requireHostHeader: false },
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    requestIdHeader: false,
    genReqId: () => newRequestId(random),
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket, { headers, random }),
    // An address that cannot be decoded never reaches the hooks.
    frameworkErrors: (error, request, reply: FastifyReply) => {
      reply.headers(headers)
      const refusal = refusalOf(error)
      sendRefusalHeaders(reply, refusal)
      void reply.send(errorBody(refusal, request.id))
    },
    // Input is checked by its own schemas; Fastify's compilers, a hundred modules, would be loaded in vain.
    schemaController: { compilersFactory: { buildValidator: refuseSchemas, buildSerializer: refuseSchemas } },
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: false, caseSensitive: true, maxParamLength: PARAMETER_MAX_LENGTH },
    forceCloseConnections: 'idle',
  })

  const routes = followRoutes(listener)
  listener.removeAllContentTypeParsers()
  listener.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    const text = decodeBody(body, request.headers['content-type'])
    try {
      return text === '' ? undefined : parseStrictJson(text)
    } catch (error) {
      throw new MalformedInput('the body is not valid JSON', { cause: error })
    }
  })
  listener.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    const fields = parseFields(decodeBody(body, request.headers['content-type']))
    if (!fields) throw new MalformedInput('a field is given twice, or is not in UTF-8')
    return fields
  })

  // Hooks of every request call back: a promise for each costs a tenth of what the resolver does.
  listener.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers)
    // RFC 9112 section 3.2; Node itself would answer without our headers.
    if (request.headers.host === undefined && request.raw.httpVersion === '1.1') return done(new MalformedInput('no host is named'))
    done()
  })
  listener.addHook('onResponse', (request, reply, done) => {
    done()
    if (logger.isLevelEnabled?.('info') === false) return
    const [path] = request.url.split('?', 1)
    const fields = { request_id: request.id, method: request.method, path, status: reply.statusCode, duration_ms: Math.round(reply.elapsedTime), ip: request.ip }
    logger.info(fields, 'request')
  })
  return { listener, routes }
}

/** Answers errors and unknown addresses: JSON below the API, a page elsewhere. */
export function answerFailures({ listener, routes }: Listener, options: { logger: Logger; apiPath: string; renderPage: RefusalPage }): void {
  const { logger, apiPath, renderPage } = options
  const send = async (request: FastifyRequest, reply: FastifyReply, refusal: Refusal) => {
    sendRefusalHeaders(reply, refusal)
    const isPage = !request.url.startsWith(apiPath) && (request.headers.accept ?? '').includes('text/html')
    if (isPage) return reply.type('text/html; charset=utf-8').send(await renderPage(request, refusal, ERROR_CODES[refusal.code].status))
    return reply.send(errorBody(refusal, request.id))
  }

  // Before the body is read: nothing that is sent to an address without a route is worth reading.
  listener.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done()
    const methods = routes.methodsOf(request.url)
    if (methods) reply.header('allow', methods.join(', '))
    send(request, reply, refuse(methods ? 'method_not_allowed' : 'not_found')).catch(done)
  })
  // Reached by doors that find nothing at their own address.
  listener.setNotFoundHandler((request, reply) => send(request, reply, refuse('not_found')))
  listener.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error)
    if (refusal.code === 'internal_error' || refusal.code === 'service_unavailable') {
      const level = refusal.code === 'internal_error' ? 'error' : 'warn'
      logger[level]({ request_id: request.id, err: error }, 'a request failed')
    }
    return send(request, reply, refusal)
  })
}

export function sendRefusalHeaders(reply: FastifyReply, refusal: Refusal): void {
  reply.code(ERROR_CODES[refusal.code].status)
  if (refusal.retryAfterSeconds !== undefined) reply.header('retry-after', String(refusal.retryAfterSeconds))
  // RFC 9110 section 15.5.2: every 401 says how to prove oneself.
  if (ERROR_CODES[refusal.code].status === 401) reply.header('www-authenticate', 'Bearer')
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Unavailable) return refuse('service_unavailable', { retryAfterSeconds: error.retryAfterSeconds })
  const status = (error as { statusCode?: number }).statusCode
  if (status === 413) return refuse('payload_too_large')
  // Fastify's own complaints about the request: unknown content type, malformed URL, broken length.
  if (status !== undefined && status >= 400 && status < 500) return refuse('invalid_request')
  return refuse('internal_error')
}
