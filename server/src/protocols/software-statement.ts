import type { JWK } from 'jose'
import { decodeJwt } from 'jose/jwt/decode'
import { jwtVerify } from 'jose/jwt/verify'
import { createLocalJWKSet } from 'jose/jwks/local'
import type { Result } from '../domain/result.ts'
import { fail, succeed } from '../domain/result.ts'

/** Signatures by a public key alone: a statement is shown to many servers, and none of them may be able to make one. */
const ALGORITHMS = ['ES256', 'ES384', 'PS256', 'EdDSA', 'Ed25519', 'RS256']
/** About the statement, and not about the client (RFC 7519 section 4.1). */
const REGISTERED_CLAIMS: ReadonlySet<string> = new Set(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'])

export interface StatementIssuer {
  readonly issuer: string
  readonly jwks: { readonly keys: readonly Readonly<Record<string, unknown>>[] }
}

/** `unapproved`: of nobody whose statements are believed. `invalid`: not signed by whom it names, over, or no JWT at all. */
export type StatementFailure = 'unapproved' | 'invalid'

/** A software statement (RFC 7591 section 2.3) and the client metadata in it; `now` in milliseconds UTC. */
export async function readSoftwareStatement(text: string, issuers: readonly StatementIssuer[], now: number): Promise<Result<Readonly<Record<string, unknown>>, StatementFailure>> {
  try {
    const { iss } = decodeJwt(text)
    const trusted = issuers.find(({ issuer }) => issuer === iss)
    if (!trusted) return fail('unapproved')
    const keys = createLocalJWKSet({ keys: trusted.jwks.keys as unknown as JWK[] })
    const { payload } = await jwtVerify(text, keys, { issuer: trusted.issuer, algorithms: ALGORITHMS, currentDate: new Date(now) })
    return succeed(metadataOf(payload))
  } catch {
    return fail('invalid')
  }
}

/** The metadata in a statement that was verified before. */
export function metadataInStatement(text: string): Readonly<Record<string, unknown>> {
  return metadataOf(decodeJwt(text))
}

function metadataOf(payload: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(payload).filter(([name]) => !REGISTERED_CLAIMS.has(name)))
}
