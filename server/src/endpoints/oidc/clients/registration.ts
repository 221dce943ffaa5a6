import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { requesterOf } from '../../../http/requester.ts'
import type { Registered, RegistrationFailure, Registrations } from '../../../services/clients/index.ts'
import { describeRegistration } from '../../../services/clients/index.ts'
import type { Result } from '../../../domain/result.ts'

export interface RegistrationDeps {
  readonly issuer: string
  readonly basePath: string
  readonly registrations: Registrations
}

export const REGISTRATION_PATH = '/oauth2/register'
const BEARER = /^Bearer +([A-Za-z0-9_-]+)$/i

/** RFC 7591 section 3.2.2, RFC 6750 section 3.1; whoever has to wait, or has no room, hears so by the status. */
const ANSWERS = {
  invalid_redirect_uri: [400, 'invalid_redirect_uri'],
  invalid_client_metadata: [400, 'invalid_client_metadata'],
  invalid_software_statement: [400, 'invalid_software_statement'],
  unapproved_software_statement: [400, 'unapproved_software_statement'],
  invalid_token: [401, 'invalid_token'],
  limit_reached: [403, 'access_denied'],
  rate_limited: [429, 'temporarily_unavailable'],
} as const satisfies Record<RegistrationFailure['code'], readonly [status: number, error: string]>

/**
 * Dynamic client registration (RFC 7591, OpenID Connect Registration 1.0) and its management (RFC 7592). Not the library's:
 * that checks and keeps clients in a way of its own, with their secrets in plain text.
 */
export function mountRegistration(listener: FastifyInstance, { issuer, basePath, registrations }: RegistrationDeps): void {
  const path = `${basePath}${REGISTRATION_PATH}`

  function answer(reply: FastifyReply, done: Result<Registered, RegistrationFailure>, status = 200): FastifyReply {
    reply.header('cache-control', 'no-store')
    if (!done.ok) return refuse(reply, done.failure)
    const { client, secret, accessToken } = done.value
    return reply.code(status).send({
      ...describeRegistration(client),
      ...(secret === undefined ? {} : { client_secret: secret, client_secret_expires_at: 0 }),
      registration_access_token: accessToken,
      registration_client_uri: `${issuer}${REGISTRATION_PATH}/${client.clientId}`,
    })
  }

  void listener.register(async (scope) => {
    // A door that is closed is not there: nothing that is sent to it is read.
    scope.addHook('onRequest', async (_request, reply) => ((await registrations.policy()) === 'off' ? reply.callNotFound() : undefined))
    scope.setErrorHandler((error, _request, reply) => {
      const status = (error as { statusCode?: number }).statusCode ?? 500
      if (status >= 500) throw error
      return refuse(reply.header('cache-control', 'no-store'), { code: 'invalid_client_metadata', message: 'the body must be a JSON object of client metadata' })
    })

    scope.post(path, async (request, reply) => {
      const made = await registrations.register(jsonOf(request), { requester: requesterOf(request), initialAccessToken: bearerOf(request) })
      return answer(reply, made, 201)
    })
    scope.get<ById>(`${path}/:clientId`, async (request, reply) => answer(reply, await registrations.read(request.params.clientId, bearerOf(request))))
    scope.put<ById>(`${path}/:clientId`, async (request, reply) => answer(reply, await registrations.replace(request.params.clientId, bearerOf(request), jsonOf(request))))
    scope.delete<ById>(`${path}/:clientId`, async (request, reply) => {
      const removed = await registrations.remove(request.params.clientId, bearerOf(request))
      reply.header('cache-control', 'no-store')
      return removed.ok ? reply.code(204).send() : refuse(reply, removed.failure)
    })
  })
}

interface ById {
  Params: { clientId: string }
}

function refuse(reply: FastifyReply, failure: RegistrationFailure): FastifyReply {
  const [status, error] = ANSWERS[failure.code]
  if (status === 401) reply.header('www-authenticate', 'Bearer error="invalid_token"')
  if (failure.code === 'rate_limited') reply.header('retry-after', String(failure.retryAfterSeconds))
  return reply.code(status).send({ error, error_description: describe(failure.message) })
}

/** RFC 6749 section 5.2: printable ASCII without `"` and `\`; part of it is what somebody sent. */
function describe(message: string): string {
  return message.slice(0, 1_000).replaceAll('"', "'").replaceAll(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, '?')
}

/** A form is no client metadata, though this listener reads one. */
function jsonOf({ headers, body }: FastifyRequest): unknown {
  return (headers['content-type'] ?? '').startsWith('application/json') ? body : undefined
}

function bearerOf({ headers }: FastifyRequest): string | undefined {
  return BEARER.exec(headers.authorization ?? '')?.[1]
}
