import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fastify } from 'fastify'
import type { Logger } from '../platform/logger.ts'
import type { Random } from '../platform/random.ts'
import { Unavailable } from '../platform/unavailable.ts'
import type { Refusal } from './error-codes.ts'
import { ERROR_CODES, errorBody, refuse } from './error-codes.ts'
import { parseFields } from './parse-form.ts'
import { parseStrictJson } from './parse-json.ts'
import { securityHeaders } from './security-headers.ts'

export const BODY_LIMIT_BYTES = 64 * 1024
/** A client that has not sent its whole request by then is cut off. */
const REQUEST_TIMEOUT_MS = 15_000
const KEEP_ALIVE_TIMEOUT_MS = 72_000

/** Turns a refusal into an HTML page, for requests that are not the API's. */
export type RefusalPage = (request: FastifyRequest, refusal: Refusal, status: number) => string

export interface ListenerOptions {
  readonly logger: Logger
  readonly random: Random
  readonly trustedProxies: readonly string[]
  readonly isSecure: boolean
}

/** The Fastify instance with everything that holds for every door: ids, parsing, headers, errors, logging. */
export function createListener(options: ListenerOptions): FastifyInstance {
  const { logger, random } = options
  const headers = securityHeaders({ isSecure: options.isSecure })
  const listener = fastify({
    logger: false,
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    // Ids are made here: one taken from outside would let strangers write into our log.
    requestIdHeader: false,
    genReqId: () => Buffer.from(random.bytes(12)).toString('base64url'),
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: false, caseSensitive: true, maxParamLength: 100 },
    forceCloseConnections: 'idle',
  })

  listener.removeAllContentTypeParsers()
  listener.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : parseStrictJson(body as string))
    } catch (error) {
      done(new MalformedInput('the body is not valid JSON', { cause: error }))
    }
  })
  listener.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    const fields = parseFields(body as string)
    if (fields) done(null, fields)
    else done(new MalformedInput('a field is given twice'))
  })

  listener.addHook('onRequest', async (_request, reply) => {
    reply.headers(headers)
  })
  listener.addHook('onResponse', async (request, reply) => {
    const [path] = request.url.split('?', 1)
    const fields = { request_id: request.id, method: request.method, path, status: reply.statusCode, duration_ms: Math.round(reply.elapsedTime), ip: request.ip }
    logger.info(fields, 'request')
  })
  return listener
}

/** Answers errors and unknown addresses: JSON below the API, a page elsewhere. */
export function answerFailures(listener: FastifyInstance, options: { logger: Logger; apiPath: string; renderPage: RefusalPage }): void {
  const { logger, apiPath, renderPage } = options
  const send = (request: FastifyRequest, reply: FastifyReply, refusal: Refusal) => {
    sendRefusalHeaders(reply, refusal)
    const isPage = !request.url.startsWith(apiPath) && (request.headers.accept ?? '').includes('text/html')
    if (isPage) return reply.type('text/html; charset=utf-8').send(renderPage(request, refusal, ERROR_CODES[refusal.code].status))
    return reply.send(errorBody(refusal, request.id))
  }

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
  if (refusal.code === 'unauthorized') reply.header('www-authenticate', 'Bearer')
}

/** Input that no handler ever sees. */
export class MalformedInput extends Error {
  override readonly name = 'MalformedInput'
  readonly statusCode = 400
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Unavailable) return refuse('service_unavailable', { retryAfterSeconds: error.retryAfterSeconds })
  const status = (error as { statusCode?: number }).statusCode
  if (status === 413) return refuse('payload_too_large')
  // Fastify's own complaints about the request: unknown content type, malformed URL, broken length.
  if (status !== undefined && status >= 400 && status < 500) return refuse('invalid_request')
  return refuse('internal_error')
}

/** For each address, every method that has no route answers 405 and says which have one (RFC 9110 section 15.5.6). */
export function answerOtherMethods(listener: FastifyInstance, routes: readonly { method: string; url: string }[]): void {
  const byUrl = Map.groupBy(routes, (route) => route.url)
  for (const [url, known] of byUrl) {
    const methods = known.map((route) => route.method)
    const allowed = methods.includes('GET') ? [...methods, 'HEAD'] : methods
    const others = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter((method) => !allowed.includes(method))
    listener.route({
      method: others,
      url,
      handler: (request, reply) => {
        reply.header('allow', allowed.join(', '))
        sendRefusalHeaders(reply, refuse('method_not_allowed'))
        return reply.send(errorBody(refuse('method_not_allowed'), request.id))
      },
    })
  }
}
