import type { Verifier } from './create-verifier.ts'
import { decideAccess, type GuardOptions, type Refusal } from './decide-access.ts'
import { attachIdentity } from './request-identity.ts'
import { attachToken } from './request-token.ts'
import type { ResourceMetadata } from './resource-metadata.ts'
import type { ResourceServer, TokenDemands } from './resource-server.ts'

export { findIdentity, getIdentity } from './request-identity.ts'
export { getToken } from './request-token.ts'

interface ContextShape {
  readonly req: { readonly method: string; readonly url: string; readonly raw: Request }
}

/** Lets a request pass only with a valid access token and every role asked for; `getIdentity(c)` says who it is. */
export function requireAuth(verifier: Verifier, options: GuardOptions = {}) {
  return async (context: ContextShape, next: () => Promise<void>): Promise<Response | void> => {
    const { method, url, raw } = context.req
    const { pathname, search } = new URL(url)
    const access = await decideAccess(verifier, { method, target: `${pathname}${search}`, headers: raw.headers }, options)
    if (!access.isAllowed) return toResponse(access.refusal)
    attachIdentity(context, access.identity)
    await next()
  }
}

/** Lets every request pass; `findIdentity(c)` says who it is, if anybody. */
export function optionalAuth(verifier: Verifier) {
  return async (context: ContextShape, next: () => Promise<void>): Promise<void> => {
    const identity = await verifier.authenticate({ headers: context.req.raw.headers })
    if (identity !== undefined) attachIdentity(context, identity)
    await next()
  }
}

/** Lets a request pass only with an access token of a client that meets the demands; `getToken(c)` says what it is. */
export function requireToken(resourceServer: ResourceServer, demands: TokenDemands = {}) {
  return async (context: ContextShape, next: () => Promise<void>): Promise<Response | void> => {
    const { method, url, raw } = context.req
    const { pathname, search } = new URL(url)
    const access = await resourceServer.check({ method, target: `${pathname}${search}`, headers: raw.headers }, demands)
    if (!access.isAllowed) return toResponse(access.refusal)
    attachToken(context, access.token)
    await next()
  }
}

/** A handler for `GET metadata.path` (RFC 9728). */
export function serveMetadata({ answer }: ResourceMetadata) {
  return (): Response => new Response(answer.body, { status: answer.status, headers: answer.headers })
}

function toResponse({ status, headers, body }: Refusal): Response {
  return new Response(body === '' ? null : body, { status, headers })
}
