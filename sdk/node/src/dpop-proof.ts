import { createHash } from 'node:crypto'
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose'
import type { Clock } from './clock.ts'
import { createExpiringMap } from './expiring-map.ts'
import { fail, succeed, type Result } from './result.ts'
import { CLOCK_LEEWAY_SECONDS } from './verify-jwt.ts'

/** RFC 9449, section 4.3: asymmetric ones alone. */
export const DPOP_ALGORITHMS = ['ES256', 'EdDSA', 'Ed25519', 'PS256', 'RS256'] as const
/** A proof is made for one request, so that it has to be young. */
const PROOF_MAX_AGE_SECONDS = 60
/** What one process remembers of the proofs of the last minute. Beyond it requests are refused rather than proofs forgotten. */
const PROOFS_MAX = 200_000
const PROOF_MAX_LENGTH = 4_096

export type ProofFailure = 'invalid_dpop_proof' | 'too_many_proofs'

export interface ProvenRequest {
  readonly proof: string
  readonly accessToken: string
  /** Of the key that the token is bound to. */
  readonly keyThumbprint: string
  readonly method: string
  /** Origin and path, as the client has them. */
  readonly url: string
}

/** Checks DPoP proofs as RFC 9449, section 4.3 says, each of which counts once. */
export function createProofCheck(clock: Clock): (request: ProvenRequest) => Promise<Result<undefined, ProofFailure>> {
  const seen = createExpiringMap<true>({ clock, maxEntries: PROOFS_MAX })

  return async function checkProof({ proof, accessToken, keyThumbprint, method, url }) {
    if (proof.length > PROOF_MAX_LENGTH) return fail('invalid_dpop_proof')
    const now = clock.now()
    const verified = await jwtVerify(proof, EmbeddedJWK, { algorithms: [...DPOP_ALGORITHMS], typ: 'dpop+jwt', currentDate: new Date(now), clockTolerance: CLOCK_LEEWAY_SECONDS })
      // Also what the platform says of a key that is none.
      .catch(() => undefined)
    if (verified === undefined || verified.protectedHeader.jwk === undefined) return fail('invalid_dpop_proof')
    const { htm, htu, ath, jti, iat } = verified.payload as Record<string, unknown>
    const isForThis = htm === method && typeof htu === 'string' && isSameAddress(htu, url) && ath === digest(accessToken)
    const isYoung = typeof iat === 'number' && iat <= now / 1_000 + CLOCK_LEEWAY_SECONDS && iat >= now / 1_000 - PROOF_MAX_AGE_SECONDS
    if (!isForThis || !isYoung || typeof jti !== 'string' || jti === '') return fail('invalid_dpop_proof')
    if ((await calculateJwkThumbprint(verified.protectedHeader.jwk)) !== keyThumbprint) return fail('invalid_dpop_proof')

    const name = digest(`${keyThumbprint} ${jti}`)
    if (seen.get(name) !== undefined) return fail('invalid_dpop_proof')
    if (seen.isFull()) return fail('too_many_proofs')
    seen.set(name, true, (iat + PROOF_MAX_AGE_SECONDS + CLOCK_LEEWAY_SECONDS) * 1_000)
    return succeed(undefined)
  }
}

/** RFC 9449, section 4.3: without query and fragment, after normalization (RFC 3986, sections 6.2.2 and 6.2.3). */
function isSameAddress(claimed: string, actual: string): boolean {
  if (!URL.canParse(claimed) || !URL.canParse(actual)) return false
  const [one, other] = [new URL(claimed), new URL(actual)]
  return one.origin === other.origin && one.pathname === other.pathname
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
