import type { Verifier } from './create-verifier.ts'
import { decideAccess, type GuardedRequest, type GuardOptions, type Refusal } from './decide-access.ts'
import { readFormBody } from './read-form.ts'
import { attachIdentity } from './request-identity.ts'
import { attachPerson } from './request-person.ts'
import { attachToken } from './request-token.ts'
import type { ResourceMetadata } from './resource-metadata.ts'
import type { ResourceServer, TokenDemands } from './resource-server.ts'
import type { SignIn, SignInDemands } from './sign-in/create-sign-in.ts'

export { findIdentity, getIdentity } from './request-identity.ts'
export { getPerson } from './request-person.ts'
export { getToken } from './request-token.ts'

interface ContextShape {
  readonly req: { readonly method: string; readonly url: string; readonly raw: Request }
}

/** Lets a request pass only with a valid access token and every role asked for; `getIdentity(c)` says who it is. */
export function requireAuth(verifier: Verifier, options: GuardOptions = {}) {
  return async (context: ContextShape, next: () => Promise<void>): Promise<Response | void> => {
    const access = await decideAccess(verifier, guardedRequest(context), options)
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
    const access = await resourceServer.check(guardedRequest(context), demands)
    if (!access.isAllowed) return toResponse(access.refusal)
    attachToken(context, access.token)
    await next()
  }
}

/** A handler for `GET metadata.path` (RFC 9728). */
export function serveMetadata({ answer }: ResourceMetadata) {
  return (): Response => new Response(answer.body, { status: answer.status, headers: answer.headers })
}

/** Middleware for the whole application: answers at the paths of the sign-in, everything else passes. */
export function serveSignIn(signIn: SignIn) {
  return async (context: ContextShape, next: () => Promise<void>): Promise<Response | void> => {
    const { raw } = context.req
    const answer = await signIn.handle({ ...guardedRequest(context), native: context, form: () => readFormBody(raw.body) })
    if (answer === undefined) return next()
    return new Response(answer.body === '' ? null : answer.body, { status: answer.status, headers: answer.headers.map(([name, value]) => [name, value] as [string, string]) })
  }
}

/** Lets a request pass only when somebody is signed in who meets the demands; `getPerson(c)` says who. */
export function requireSignIn(signIn: SignIn, demands: SignInDemands = {}) {
  return async (context: ContextShape, next: () => Promise<void>): Promise<Response | void> => {
    const access = await signIn.decide({ ...guardedRequest(context), native: context }, demands)
    if (!access.isAllowed) return toResponse(access.refusal)
    attachPerson(context, access.person)
    await next()
  }
}

function guardedRequest({ req: { method, url, raw } }: ContextShape): GuardedRequest {
  const { pathname, search } = new URL(url)
  return { method, target: `${pathname}${search}`, headers: raw.headers }
}

function toResponse({ status, headers, body }: Refusal): Response {
  return new Response(body === '' ? null : body, { status, headers })
}
