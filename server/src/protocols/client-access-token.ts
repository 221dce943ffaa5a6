import type { KeyObject } from 'node:crypto'
import { verify } from 'node:crypto'
import { ACCESS_TOKEN_ALGORITHM, ACCESS_TOKEN_TYPE, COMPACT_JWS } from './access-token.ts'

/** Claims of an access token that a client was given (RFC 9068 section 2.2). Instants are seconds since the epoch. */
export interface ClientAccessTokenClaims {
  readonly iss: string
  /** The user, as this client knows them; the client itself where nobody signed in. */
  readonly sub: string
  readonly aud: string
  readonly client_id: string
  readonly iat: number
  readonly exp: number
  readonly jti: string
  readonly scope?: string
  readonly sid?: string
  readonly auth_time?: number
  /** Who acts for the person (RFC 8693 section 4.1). */
  readonly act?: object
  /** Bound to a key (RFC 9449 section 6.1) or to a certificate (RFC 8705 section 3.1): worth nothing to its bearer alone. */
  readonly cnf?: Readonly<Record<string, string>>
}

/** Which key a token says it was signed by; undefined for what is no JWS of ours. */
export function keyIdOf(token: string): string | undefined {
  if (!COMPACT_JWS.test(token)) return undefined
  const header = parse(token.slice(0, token.indexOf('.')))
  const isOurs = header?.['alg'] === ACCESS_TOKEN_ALGORITHM && header['typ'] === ACCESS_TOKEN_TYPE && header['crit'] === undefined && header['b64'] === undefined
  return isOurs && typeof header['kid'] === 'string' ? header['kid'] : undefined
}

/**
 * The claims of a token that this issuer signed for a client with that key, expired or not; undefined for anything else, a
 * session's token and an ID token among it. Whether it still stands is to be asked of what was kept of it.
 */
export function readClientAccessToken(token: string, key: KeyObject, issuer: string): ClientAccessTokenClaims | undefined {
  if (!COMPACT_JWS.test(token)) return undefined
  const [header = '', payload = '', signature = ''] = token.split('.')
  const isSigned = verify('sha256', Buffer.from(`${header}.${payload}`), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
  const claims = isSigned ? parse(payload) : undefined
  return claims && hasShape(claims) && claims.iss === issuer ? claims : undefined
}

/** Of a client itself, by its own credentials (RFC 9068 section 2.2): nobody signed in. */
export function isOwnToken({ sub, client_id: clientId, sid, auth_time: provenAt }: ClientAccessTokenClaims): boolean {
  return sub === clientId && sid === undefined && provenAt === undefined
}

function hasShape(claims: Readonly<Record<string, unknown>>): claims is Readonly<Record<string, unknown>> & ClientAccessTokenClaims {
  const isText = (name: string) => typeof claims[name] === 'string' && claims[name] !== ''
  return ['iss', 'sub', 'aud', 'client_id', 'jti'].every(isText) && Number.isSafeInteger(claims['iat']) && Number.isSafeInteger(claims['exp'])
}

function parse(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined
  } catch {
    return undefined
  }
}
