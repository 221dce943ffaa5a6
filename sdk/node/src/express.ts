import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Verifier } from './create-verifier.ts'
import type { GuardOptions } from './decide-access.ts'
import * as nodeHttp from './node-http.ts'
import type { ResourceMetadata } from './resource-metadata.ts'
import type { ResourceServer, TokenDemands } from './resource-server.ts'
import type { SignIn, SignInDemands } from './sign-in/create-sign-in.ts'

export { findIdentity, getIdentity } from './request-identity.ts'
export { getPerson } from './request-person.ts'
export { getToken } from './request-token.ts'

/** Fits Express 4 and 5, Connect and whatever else takes `(request, response, next)`. */
export type Middleware = (
  request: IncomingMessage & { readonly originalUrl?: string },
  response: ServerResponse & { locals?: Record<string, unknown> },
  next: (error?: unknown) => void,
) => void

/**
 * Lets a request pass only with a valid access token and every role asked for; `getIdentity(request)` and `res.locals.identity` say
 * who it is.
 */
export function requireAuth(verifier: Verifier, options: GuardOptions = {}): Middleware {
  const guard = nodeHttp.requireAuth(verifier, options)
  return (request, response, next) => {
    guard(request, response).then((identity) => {
      if (identity === undefined) return
      if (response.locals !== undefined) response.locals['identity'] = identity
      next()
    }, next)
  }
}

/** Lets every request pass; `findIdentity(request)` and `res.locals.identity` say who it is, if anybody. */
export function optionalAuth(verifier: Verifier): Middleware {
  const look = nodeHttp.optionalAuth(verifier)
  return (request, response, next) => {
    look(request).then((identity) => {
      if (response.locals !== undefined) response.locals['identity'] = identity
      next()
    }, next)
  }
}

/** Lets a request pass only with an access token of a client that meets the demands; `getToken(request)` says what it is. */
export function requireToken(resourceServer: ResourceServer, demands: TokenDemands = {}): Middleware {
  const guard = nodeHttp.requireToken(resourceServer, demands)
  return (request, response, next) => {
    guard(request, response).then((token) => token === undefined || next(), next)
  }
}

/** Answers for the metadata of the resource (RFC 9728); everything else passes. */
export function serveMetadata(metadata: ResourceMetadata): Middleware {
  const serve = nodeHttp.serveMetadata(metadata)
  return (request, response, next) => {
    if (!serve(request, response)) next()
  }
}

/** Answers at the paths of the sign-in; everything else passes. */
export function serveSignIn(signIn: SignIn): Middleware {
  const serve = nodeHttp.serveSignIn(signIn)
  return (request, response, next) => {
    serve(request, response).then((isServed) => isServed || next(), next)
  }
}

/** Lets a request pass only when somebody is signed in who meets the demands; `getPerson(request)` says who. */
export function requireSignIn(signIn: SignIn, demands: SignInDemands = {}): Middleware {
  const guard = nodeHttp.requireSignIn(signIn, demands)
  return (request, response, next) => {
    guard(request, response).then((person) => person === undefined || next(), next)
  }
}
