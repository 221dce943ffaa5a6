import type { JWTPayload } from 'jose'
import { fail, succeed, type Result } from './result.ts'

/** The claims of a Gatepost access token (RFC 9068, section 2.2). Instants are whole seconds since the epoch, as on the wire. */
export interface AccessTokenClaims {
  readonly iss: string
  readonly sub: string
  readonly aud: string
  readonly iat: number
  readonly exp: number
  readonly jti: string
  readonly sid: string
  readonly auth_time: number
  readonly amr: readonly string[]
  readonly acr: string
  readonly roles: readonly string[]
  readonly email_verified: boolean
  /** Of an account without any identity; absent otherwise. */
  readonly is_anonymous?: boolean
  readonly [claim: string]: unknown
}

/** Who is signed in, as one verified access token says. Instants are milliseconds since the epoch. */
export interface Identity {
  readonly userId: string
  readonly sessionId: string
  readonly roles: readonly string[]
  readonly emailVerified: boolean
  /** The account has no identity: whoever holds the session holds it. */
  readonly isAnonymous: boolean
  /** When the person last proved who they are: compare with the clock before a sensitive action. */
  readonly authenticatedAt: number
  /** How they proved it, e.g. `['pwd', 'otp']` (RFC 8176). */
  readonly amr: readonly string[]
  readonly expiresAt: number
  readonly claims: AccessTokenClaims
}

const STRING_CLAIMS = ['iss', 'sub', 'aud', 'jti', 'sid', 'acr'] as const
const INSTANT_CLAIMS = ['iat', 'exp', 'auth_time'] as const
const LIST_CLAIMS = ['amr', 'roles'] as const

/** Builds the identity from a payload whose signature, issuer, audience and expiry hold; fails when a claim is absent or ill-typed. */
export function identityFromClaims(payload: JWTPayload): Result<Identity, 'claims_invalid'> {
  if (!hasAccessTokenClaims(payload)) return fail('claims_invalid')
  return succeed({
    userId: payload.sub,
    sessionId: payload.sid,
    roles: payload.roles,
    emailVerified: payload.email_verified,
    isAnonymous: payload.is_anonymous === true,
    authenticatedAt: payload.auth_time * 1000,
    amr: payload.amr,
    expiresAt: payload.exp * 1000,
    claims: payload,
  })
}

function hasAccessTokenClaims(payload: JWTPayload): payload is JWTPayload & AccessTokenClaims {
  return (
    STRING_CLAIMS.every((name) => typeof payload[name] === 'string' && payload[name] !== '') &&
    INSTANT_CLAIMS.every((name) => Number.isSafeInteger(payload[name])) &&
    LIST_CLAIMS.every((name) => isListOfStrings(payload[name])) &&
    typeof payload['email_verified'] === 'boolean'
  )
}

function isListOfStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
