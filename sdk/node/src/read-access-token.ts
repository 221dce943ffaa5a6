import { readSingleCookie } from './read-cookie.ts'
import { readHeader, type RequestHeaders } from './read-header.ts'

const BEARER = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i
const OTHER_SCHEME = /^(?!bearer\b)[A-Za-z][A-Za-z0-9-]* +\S/i

export type PresentedToken = { readonly from: 'header' | 'cookie'; readonly token: string }

/** Cookies carry the `__Host-` prefix over https, so that no sub-domain and no plain-http page can plant one (RFC 6265bis, 4.1.3.2). */
export function accessCookieName(options: { cookiePrefix: string; isHttps: boolean }): string {
  return `${options.isHttps ? '__Host-' : ''}${options.cookiePrefix}_access`
}

/**
 * Finds the access token a request presents, or undefined when it presents none that is unambiguous.
 * A Bearer header (RFC 6750, 2.1) wins over the cookie, also when it is malformed: a caller that chose the header must not be
 * served as somebody else. Another scheme (Basic in front of a staging site) says nothing about us, so the cookie decides.
 */
export function readAccessToken(headers: RequestHeaders, cookieName: string): PresentedToken | undefined {
  const authorization = readHeader(headers, 'authorization')
  if (authorization.length > 1) return undefined
  const credentials = authorization[0]?.trim()
  if (credentials !== undefined && !OTHER_SCHEME.test(credentials)) {
    const token = BEARER.exec(credentials)?.[1]
    return token === undefined ? undefined : { from: 'header', token }
  }
  const token = readSingleCookie(headers, cookieName)
  return token === undefined ? undefined : { from: 'cookie', token }
}
