import type { FastifyRequest } from 'fastify'
import { isLocalPath } from '../../http/local-path.ts'
import type { TrustedPeers } from '../../http/trusted-peers.ts'

export interface AskedPage {
  /** Somebody looks at the answer: it may send them to sign in. */
  readonly isPage: boolean
  /** Where they wanted to go, on our origin; undefined when nobody who is trusted says so. */
  readonly path: string | undefined
}

const PAGE_METHODS = ['GET', 'HEAD']

/**
 * The request that a proxy asks about, as the proxy tells it: `X-Forwarded-Uri` (Caddy, Traefik), `X-Original-URI` or
 * `X-Original-URL` (nginx). Only of a trusted proxy; where two of these differ one came from whoever asked the proxy, and neither counts. The
 * path decides nothing but where a sign-in leads back to.
 */
export function askedPage(request: FastifyRequest, { isTrusted, ownOrigin }: { isTrusted: TrustedPeers; ownOrigin: string }): AskedPage {
  const acceptsPage = (request.headers.accept ?? '').includes('text/html')
  if (!isTrusted(request.raw.socket.remoteAddress)) return { isPage: acceptsPage, path: undefined }
  const told = (...names: string[]): string[] => names.flatMap((name) => request.headers[name] ?? [])
  const isPage = acceptsPage && told('x-forwarded-method', 'x-original-method').every((method) => PAGE_METHODS.includes(method))

  const own = new URL(ownOrigin)
  const isOtherHost = told('x-forwarded-host').some((host) => host.toLowerCase() !== own.host)
  const addresses = new Set([...told('x-forwarded-uri', 'x-original-uri'), ...told('x-original-url').map((url) => pathOn(ownOrigin, url))])
  const [path, ...others] = addresses
  return { isPage, path: isOtherHost || others.length > 0 || path === undefined || !isLocalPath(path) ? undefined : path }
}

/** The rest of an address below the origin; anything else stays as it is, and is no local path. */
function pathOn(origin: string, url: string): string {
  return url.startsWith(`${origin}/`) ? url.slice(origin.length) : url
}
