import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Verifier } from './create-verifier.ts'
import { decideAccess, type GuardOptions, type Refusal } from './decide-access.ts'
import type { Identity } from './identity.ts'
import { mergeVary } from './merge-vary.ts'
import { readForm } from './read-form.ts'
import { attachIdentity } from './request-identity.ts'
import { attachPerson } from './request-person.ts'
import { attachToken } from './request-token.ts'
import type { ResourceMetadata } from './resource-metadata.ts'
import type { ResourceServer, TokenDemands } from './resource-server.ts'
import type { SignIn, SignInDemands } from './sign-in/create-sign-in.ts'
import type { SignedIn } from './sign-in/signed-in.ts'
import type { VerifiedToken } from './verified-token.ts'

export { findIdentity, getIdentity } from './request-identity.ts'
export { getPerson } from './request-person.ts'
export { getToken } from './request-token.ts'

type NodeRequest = IncomingMessage & { readonly originalUrl?: string }

/** Guards a plain node:http handler: answers the request itself and returns undefined when it is refused. */
export function requireAuth(verifier: Verifier, options: GuardOptions = {}) {
  return async (request: NodeRequest, response: ServerResponse): Promise<Identity | undefined> => {
    const target = request.originalUrl ?? request.url ?? '/'
    const access = await decideAccess(verifier, { method: request.method ?? 'GET', target, headers: request.headers }, options)
    if (!access.isAllowed) {
      sendRefusal(response, access.refusal)
      return undefined
    }
    attachIdentity(request, access.identity)
    return access.identity
  }
}

/** Looks who sends a request and never refuses it. */
export function optionalAuth(verifier: Verifier) {
  return async (request: IncomingMessage): Promise<Identity | undefined> => {
    const identity = await verifier.authenticate(request)
    if (identity !== undefined) attachIdentity(request, identity)
    return identity
  }
}

/** Guards a plain node:http handler by access tokens of clients: answers the request itself and returns undefined when it is refused. */
export function requireToken(resourceServer: ResourceServer, demands: TokenDemands = {}) {
  return async (request: NodeRequest, response: ServerResponse): Promise<VerifiedToken | undefined> => {
    const target = request.originalUrl ?? request.url ?? '/'
    const access = await resourceServer.check({ method: request.method ?? 'GET', target, headers: request.headers }, demands)
    if (!access.isAllowed) {
      sendRefusal(response, access.refusal)
      return undefined
    }
    attachToken(request, access.token)
    return access.token
  }
}

/** Answers the request when it is for the metadata of the resource (RFC 9728); true when it was. */
export function serveMetadata(metadata: ResourceMetadata) {
  return (request: NodeRequest, response: ServerResponse): boolean => {
    if ((request.originalUrl ?? request.url) !== metadata.path || !['GET', 'HEAD'].includes(request.method ?? '')) return false
    response.writeHead(metadata.answer.status, metadata.answer.headers).end(metadata.answer.body)
    return true
  }
}

/** Answers the request when it is for a path of the sign-in; true when it was. */
export function serveSignIn(signIn: SignIn) {
  return async (request: NodeRequest, response: ServerResponse): Promise<boolean> => {
    const target = request.originalUrl ?? request.url ?? '/'
    const answer = await signIn.handle({ method: request.method ?? 'GET', target, headers: request.headers, native: request, form: () => readForm(request) })
    if (answer === undefined) return false
    for (const [name, value] of answer.headers) response.appendHeader(name, value)
    response.statusCode = answer.status
    response.end(answer.body)
    return true
  }
}

/** Guards a plain node:http handler by the session of the sign-in: answers the request itself and returns undefined when it is refused. */
export function requireSignIn(signIn: SignIn, demands: SignInDemands = {}) {
  return async (request: NodeRequest, response: ServerResponse): Promise<SignedIn | undefined> => {
    const target = request.originalUrl ?? request.url ?? '/'
    const access = await signIn.decide({ method: request.method ?? 'GET', target, headers: request.headers, native: request }, demands)
    if (!access.isAllowed) {
      sendRefusal(response, access.refusal)
      return undefined
    }
    attachPerson(request, access.person)
    return access.person
  }
}

/** Writes a refusal to a node:http response. */
export function sendRefusal(response: ServerResponse, refusal: Refusal): void {
  for (const [name, value] of Object.entries(refusal.headers)) {
    response.setHeader(name, name === 'vary' ? mergeVary(response.getHeader('vary'), value) : value)
  }
  response.statusCode = refusal.status
  response.end(refusal.body)
}
