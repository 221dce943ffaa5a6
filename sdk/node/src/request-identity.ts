import type { Identity } from './identity.ts'

/** Beside the request instead of on it: nothing a framework parses into a request can ever be taken for an identity. */
const identities = new WeakMap<object, Identity>()

export function attachIdentity(request: object, identity: Identity): void {
  identities.set(request, identity)
}

/** Who sends this request (Express and Fastify request, Hono context, IncomingMessage), once a guard has looked; undefined if nobody. */
export function findIdentity(request: object): Identity | undefined {
  return identities.get(request)
}

/**
 * Who sends this request, on a route behind `requireAuth`.
 * @throws Error when no guard admitted the request: the route is not protected.
 */
export function getIdentity(request: object): Identity {
  const identity = identities.get(request)
  if (identity === undefined) throw new Error('no identity: put requireAuth in front of this route')
  return identity
}
