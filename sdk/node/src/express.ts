import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Verifier } from './create-verifier.ts'
import type { GuardOptions } from './decide-access.ts'
import * as nodeHttp from './node-http.ts'

export { findIdentity, getIdentity } from './request-identity.ts'

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
