import type { VerifiedToken } from './verified-token.ts'

/** Beside the request instead of on it, as with identities. */
const tokens = new WeakMap<object, VerifiedToken>()

export function attachToken(request: object, token: VerifiedToken): void {
  tokens.set(request, token)
}

/**
 * The access token that a request came with, on a route behind `requireToken`.
 * @throws Error when no guard admitted the request: the route is not protected.
 */
export function getToken(request: object): VerifiedToken {
  const token = tokens.get(request)
  if (token === undefined) throw new Error('no access token: put requireToken in front of this route')
  return token
}
