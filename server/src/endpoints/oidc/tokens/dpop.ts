import { decodeJwt } from 'jose'
import type { Configuration } from 'oidc-provider'
import { errors } from 'oidc-provider'
import { isFromTheFuture } from '../library/clock-skew.ts'

type Features = NonNullable<Configuration['features']>

interface Deps {
  /** Nonces are made of it and kept nowhere: the same for every instance; 32 bytes in base64url. */
  readonly nonceSecret: string
  readonly now: () => number
}

/**
 * DPoP (RFC 9449): a client that asks with a proof gets tokens for its key alone, one with `dpop_bound_access_tokens` gets no
 * others. A nonce is offered with every answer and taken in the place of a clock that is right, but demanded of nobody else.
 */
export function dpopFeature({ nonceSecret, now }: Deps): NonNullable<Features['dPoP']> {
  return {
    enabled: true,
    nonceSecret: Buffer.from(nonceSecret, 'base64url'),
    // Asked with every proof, before it is verified: the library bounds how old a proof may be, and only this how new.
    requireNonce: (ctx) => {
      refuseFromTheFuture(ctx.get('DPoP'), now())
      return false
    },
  }
}

function refuseFromTheFuture(proof: string, now: number): void {
  let claims: Readonly<Record<string, unknown>>
  try {
    claims = decodeJwt(proof)
  } catch {
    // What is no JWT is refused by the library, in its own words.
    return
  }
  if (isFromTheFuture(claims, now)) throw new errors.InvalidDpopProof('DPoP proof iat is in the future')
}
