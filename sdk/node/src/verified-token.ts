import type { JWTPayload } from 'jose'
import { fail, succeed, type Result } from './result.ts'

/** What an access token of a client says, signed (RFC 9068, section 2.2) or introspected (RFC 7662, section 2.2). Instants are milliseconds. */
export interface VerifiedToken {
  /** Whose the token is: a person, or the client itself where nobody signed in. */
  readonly subject: string
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly expiresAt: number
  readonly sessionId: string | undefined
  /** When the person last proved who they are; undefined where the token does not say. */
  readonly authenticatedAt: number | undefined
  readonly acr: string | undefined
  /** Thumbprint of the key without which the token is worth nothing (RFC 9449, section 6.1); undefined for a bearer token. */
  readonly dpopKeyThumbprint: string | undefined
  readonly claims: Readonly<Record<string, unknown>>
}

/** Builds it of claims whose origin, audience and expiry hold; fails when one is absent, ill-typed, or a condition that is not understood. */
export function readTokenClaims(claims: JWTPayload): Result<VerifiedToken, 'invalid'> {
  const { sub, client_id: clientId, scope = '', exp, sid, auth_time: authTime, acr, cnf = {} } = claims as Record<string, unknown>
  if (!isText(sub) || !isText(clientId) || typeof scope !== 'string' || typeof exp !== 'number') return fail('invalid')
  if (![sid, acr].every((value) => value === undefined || typeof value === 'string')) return fail('invalid')
  if (authTime !== undefined && typeof authTime !== 'number') return fail('invalid')
  // RFC 7800, section 3.1: a confirmation that cannot be checked must not be passed over, or a bound token becomes anybody's.
  if (typeof cnf !== 'object' || cnf === null || Object.keys(cnf).some((name) => name !== 'jkt')) return fail('invalid')
  const { jkt } = cnf as { jkt?: unknown }
  if (jkt === undefined ? 'cnf' in claims : !isText(jkt)) return fail('invalid')
  return succeed({
    subject: sub,
    clientId,
    scopes: scope.split(' ').filter((name) => name !== ''),
    expiresAt: exp * 1_000,
    sessionId: sid as string | undefined,
    authenticatedAt: authTime === undefined ? undefined : authTime * 1_000,
    acr: acr as string | undefined,
    dpopKeyThumbprint: jkt as string | undefined,
    claims,
  })
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
