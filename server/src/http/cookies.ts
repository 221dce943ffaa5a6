import { parseCookie, stringifySetCookie } from 'cookie'

export interface SessionTokens {
  readonly accessToken: string
  readonly accessExpiresAt: number
  readonly refreshToken: string
  readonly refreshExpiresAt: number
}

/** Names and attributes of our cookies. */
export interface CookieJar {
  readonly accessName: string
  readonly refreshName: string
  readonly csrfName: string
  readonly deviceName: string
  readonly knownName: string
  readonly languageName: string
  /** The value, unless the name is there twice: a second one was planted from elsewhere, and neither is believed. */
  read(header: string | undefined, name: string): string | undefined
  csrf(value: string): string
  /** Those of a new or renewed session, without the CSRF token. Instants are milliseconds UTC. */
  session(tokens: SessionTokens, now: number): [access: string, refresh: string]
  /** The secret of a browser that is spared the second factor. */
  device(value: string, expiresAt: number, now: number): string
  /** The accounts that signed in from this browser before. */
  known(value: string, expiresAt: number, now: number): string
  /** The BCP 47 tag that this browser was last asked to speak. */
  language(value: string): string
  /** Removes the session's cookies. */
  cleared(): string[]
}

/** Outlives a form left open in a tab; the token itself is bound to the session. */
const CSRF_COOKIE_TTL_SECONDS = 30 * 24 * 60 * 60

/** A preference, kept as long as browsers keep what is used now and then. */
const LANGUAGE_COOKIE_TTL_SECONDS = 365 * 24 * 60 * 60

/**
 * Over https names carry the prefix whose rules they meet (RFC 6265bis section 4.1.3): `__Host-` wants Path=/, which the
 * refresh cookie has only when Gatepost owns the whole host.
 */
export function createCookieJar(options: { prefix: string; basePath: string; isSecure: boolean }): CookieJar {
  const { prefix, basePath, isSecure } = options
  const refreshPath = basePath === '' ? '/' : basePath
  const named = (suffix: string, path: string) => `${isSecure ? (path === '/' ? '__Host-' : '__Secure-') : ''}${prefix}_${suffix}`
  const accessName = named('access', '/')
  const refreshName = named('refresh', refreshPath)
  const csrfName = named('csrf', '/')
  const deviceName = named('device', refreshPath)
  const knownName = named('known', refreshPath)
  const languageName = named('language', refreshPath)
  const shared = { sameSite: 'lax', secure: isSecure } as const

  const write = (name: string, value: string, path: string, maxAge: number, httpOnly: boolean) =>
    stringifySetCookie({ name, value, path, maxAge, httpOnly, ...shared })
  const secondsUntil = (instant: number, now: number) => Math.max(0, Math.floor((instant - now) / 1_000))

  const access = (value: string, expiresAt: number, now: number) => write(accessName, value, '/', secondsUntil(expiresAt, now), true)
  const refresh = (value: string, expiresAt: number, now: number) => write(refreshName, value, refreshPath, secondsUntil(expiresAt, now), true)

  return {
    accessName,
    refreshName,
    csrfName,
    deviceName,
    knownName,
    languageName,
    read(header, name) {
      if (header === undefined) return undefined
      // Names are trimmed, as the parser trims them: a blank before the equals sign must not hide a second one.
      const occurrences = header.split(';').filter((pair) => pair.includes('=') && pair.slice(0, pair.indexOf('=')).trim() === name).length
      return occurrences === 1 ? parseCookie(header)[name] : undefined
    },
    session: (tokens, now) => [access(tokens.accessToken, tokens.accessExpiresAt, now), refresh(tokens.refreshToken, tokens.refreshExpiresAt, now)],
    device: (value, expiresAt, now) => write(deviceName, value, refreshPath, secondsUntil(expiresAt, now), true),
    known: (value, expiresAt, now) => write(knownName, value, refreshPath, secondsUntil(expiresAt, now), true),
    csrf: (value) => write(csrfName, value, '/', CSRF_COOKIE_TTL_SECONDS, false),
    language: (value) => write(languageName, value, refreshPath, LANGUAGE_COOKIE_TTL_SECONDS, true),
    cleared: () => [write(accessName, '', '/', 0, true), write(refreshName, '', refreshPath, 0, true)],
  }
}
