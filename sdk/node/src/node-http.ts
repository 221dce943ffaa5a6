import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Verifier } from './create-verifier.ts'
import { decideAccess, type GuardOptions, type Refusal } from './decide-access.ts'
import type { Identity } from './identity.ts'
import { mergeVary } from './merge-vary.ts'
import { attachIdentity } from './request-identity.ts'

export { findIdentity, getIdentity } from './request-identity.ts'

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

/** Writes a refusal to a node:http response. */
export function sendRefusal(response: ServerResponse, refusal: Refusal): void {
  for (const [name, value] of Object.entries(refusal.headers)) {
    response.setHeader(name, name === 'vary' ? mergeVary(response.getHeader('vary'), value) : value)
  }
  response.statusCode = refusal.status
  response.end(refusal.body)
}
