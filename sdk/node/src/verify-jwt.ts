import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload, type ProtectedHeaderParameters } from 'jose'
import type { Clock } from './clock.ts'
import type { KeySource } from './key-source.ts'
import { fail, succeed, type Result } from './result.ts'

/** How far this machine's clock may be behind or ahead of the issuer's. */
export const CLOCK_LEEWAY_SECONDS = 5
/** Longer tokens are refused unread; a browser sends no cookie above 4 KB anyway. */
export const ACCESS_TOKEN_MAX_LENGTH = 8192

export type TokenFailure = 'malformed' | 'expired' | 'invalid' | 'unknown_key' | 'keys_unavailable'

export interface ExpectedJwt {
  readonly issuer: string
  readonly audience: string
  /** The header's `typ`, e.g. `at+jwt`. */
  readonly type: string
}

/** Verifies JWTs of one issuer by its published keys: signature, type, issuer, audience, instants. What else a token must say is its reader's business. */
export function createJwtVerifier({ keys, clock }: { keys: KeySource; clock: Clock }) {
  return async function verifyJwt(token: string, expected: ExpectedJwt): Promise<Result<JWTPayload, TokenFailure>> {
    const header = readHeaderOf(token)
    if (header === undefined) return fail('malformed')
    // Before any key is looked up: a token that can never be accepted must not cost a request to the server. `jku`, `jwk`, `x5u`
    // and `x5c` are never read, the keys come from the configured address alone (RFC 8725, section 3.10).
    if (header.alg !== 'ES256' || typeof header.kid !== 'string') return fail('invalid')
    const key = await keys.findKey(header.kid)
    if (!key.ok) return key
    const now = clock.now()
    try {
      const { payload } = await jwtVerify(token, key.value, {
        algorithms: ['ES256'],
        typ: expected.type,
        issuer: expected.issuer,
        audience: expected.audience,
        clockTolerance: CLOCK_LEEWAY_SECONDS,
        currentDate: new Date(now),
        requiredClaims: ['iat', 'exp'],
      })
      return Number(payload.iat) > now / 1000 + CLOCK_LEEWAY_SECONDS ? fail('invalid') : succeed(payload)
    } catch (error) {
      if (error instanceof errors.JWTExpired) return fail('expired')
      if (error instanceof errors.JOSEError) return fail('invalid')
      throw error
    }
  }
}

function readHeaderOf(token: string): ProtectedHeaderParameters | undefined {
  if (token.length > ACCESS_TOKEN_MAX_LENGTH) return undefined
  try {
    return decodeProtectedHeader(token)
  } catch {
    return undefined
  }
}
