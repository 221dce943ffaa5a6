import type { FastifyRequest } from 'fastify'
import type { CookieJar } from './cookies.ts'

export interface PresentedToken {
  readonly token: string
  /** A header is sent on purpose; a cookie comes along by itself and therefore needs a CSRF token beside it. */
  readonly source: 'bearer' | 'cookie'
}

/** The access token of a request: an Authorization header counts alone, malformed or not; else the cookie. */
export function presentedToken(request: FastifyRequest, jar: CookieJar): PresentedToken | undefined {
  const { authorization, cookie } = request.headers
  if (authorization !== undefined) {
    const match = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization)
    return match?.[1] ? { token: match[1], source: 'bearer' } : { token: '', source: 'bearer' }
  }
  const token = jar.read(cookie, jar.accessName)
  return token ? { token, source: 'cookie' } : undefined
}
