import type { IncomingMessage } from 'node:http'
import type { Verifier } from './create-verifier.ts'
import { decideAccess, type GuardOptions, type Refusal } from './decide-access.ts'
import { mergeVary } from './merge-vary.ts'
import { readForm } from './read-form.ts'
import type { RequestHeaders } from './read-header.ts'
import { attachIdentity } from './request-identity.ts'
import { attachPerson } from './request-person.ts'
import { attachToken } from './request-token.ts'
import type { ResourceMetadata } from './resource-metadata.ts'
import type { ResourceServer, TokenDemands } from './resource-server.ts'
import type { SignIn, SignInDemands } from './sign-in/create-sign-in.ts'

export { findIdentity, getIdentity } from './request-identity.ts'
export { getPerson } from './request-person.ts'
export { getToken } from './request-token.ts'

interface RequestShape {
  readonly method: string
  readonly url: string
  readonly originalUrl?: string
  readonly headers: RequestHeaders
}

interface RequestWithBody extends RequestShape {
  readonly raw: IncomingMessage
}

interface ReplyShape {
  code(status: number): unknown
  header(name: string, value: string): unknown
  getHeader(name: string): number | string | string[] | undefined
  send(body: string): unknown
}

/** A hook for `onRequest` or `preHandler`: a request passes only with a valid access token and every role asked for. */
export function requireAuth(verifier: Verifier, options: GuardOptions = {}) {
  return async (request: RequestShape, reply: ReplyShape): Promise<unknown> => {
    const target = request.originalUrl ?? request.url
    const access = await decideAccess(verifier, { method: request.method, target, headers: request.headers }, options)
    if (access.isAllowed) {
      attachIdentity(request, access.identity)
      return undefined
    }
    return sendRefusal(reply, access.refusal)
  }
}

/** A hook that looks who sends a request and lets every request pass. */
export function optionalAuth(verifier: Verifier) {
  return async (request: RequestShape): Promise<void> => {
    const identity = await verifier.authenticate(request)
    if (identity !== undefined) attachIdentity(request, identity)
  }
}

/** A hook for `onRequest` or `preHandler`: a request passes only with an access token of a client that meets the demands. */
export function requireToken(resourceServer: ResourceServer, demands: TokenDemands = {}) {
  return async (request: RequestShape, reply: ReplyShape): Promise<unknown> => {
    const target = request.originalUrl ?? request.url
    const access = await resourceServer.check({ method: request.method, target, headers: request.headers }, demands)
    if (!access.isAllowed) return sendRefusal(reply, access.refusal)
    attachToken(request, access.token)
    return undefined
  }
}

/** A handler for `GET metadata.path` (RFC 9728). */
export function serveMetadata({ answer }: ResourceMetadata) {
  return async (_request: RequestShape, reply: ReplyShape): Promise<unknown> => {
    for (const [name, value] of Object.entries(answer.headers)) reply.header(name, value)
    reply.send(answer.body)
    return reply
  }
}

/** A hook for `onRequest` of the whole application, before bodies are parsed: answers at the paths of the sign-in, everything else passes. */
export function serveSignIn(signIn: SignIn) {
  return async (request: RequestWithBody, reply: ReplyShape): Promise<unknown> => {
    const target = request.originalUrl ?? request.url
    const answer = await signIn.handle({ method: request.method, target, headers: request.headers, native: request, form: () => readForm(request.raw) })
    if (answer === undefined) return undefined
    for (const [name, value] of answer.headers) reply.header(name, value)
    reply.code(answer.status)
    reply.send(answer.body)
    return reply
  }
}

/** A hook for `onRequest` or `preHandler`: a request passes only when somebody is signed in who meets the demands. */
export function requireSignIn(signIn: SignIn, demands: SignInDemands = {}) {
  return async (request: RequestShape, reply: ReplyShape): Promise<unknown> => {
    const target = request.originalUrl ?? request.url
    const access = await signIn.decide({ method: request.method, target, headers: request.headers, native: request }, demands)
    if (!access.isAllowed) return sendRefusal(reply, access.refusal)
    attachPerson(request, access.person)
    return undefined
  }
}

function sendRefusal(reply: ReplyShape, { status, headers, body }: Refusal): ReplyShape {
  for (const [name, value] of Object.entries(headers)) {
    reply.header(name, name === 'vary' ? mergeVary(reply.getHeader('vary'), value) : value)
  }
  reply.code(status)
  reply.send(body)
  return reply
}
