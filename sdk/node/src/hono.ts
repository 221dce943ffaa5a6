import type { Verifier } from './create-verifier.ts'
import { decideAccess, type GuardOptions } from './decide-access.ts'
import { attachIdentity } from './request-identity.ts'

export { findIdentity, getIdentity } from './request-identity.ts'

interface ContextShape {
  readonly req: { readonly method: string; readonly url: string; readonly raw: Request }
}

/** Lets a request pass only with a valid access token and every role asked for; `getIdentity(c)` says who it is. */
export function requireAuth(verifier: Verifier, options: GuardOptions = {}) {
  return async (context: ContextShape, next: () => Promise<void>): Promise<Response | void> => {
    const { method, url, raw } = context.req
    const { pathname, search } = new URL(url)
    const access = await decideAccess(verifier, { method, target: `${pathname}${search}`, headers: raw.headers }, options)
    if (!access.isAllowed) {
      const { status, headers, body } = access.refusal
      return new Response(body === '' ? null : body, { status, headers })
    }
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
