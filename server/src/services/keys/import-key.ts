import type { KeyObject } from 'node:crypto'
import { createPrivateKey, createPublicKey } from 'node:crypto'
import type { JWK } from 'jose'
import { calculateJwkThumbprint } from 'jose/jwk/thumbprint'
import { ACCESS_TOKEN_ALGORITHM } from '../../protocols/access-token.ts'

/** A signing key brought by the operator (`JWT_PRIVATE_KEY_BASE64`), kept out of the database. */
export interface FixedKey {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicJwk: JWK
}

/** PEM (PKCS #8 or SEC 1) of a P-256 private key; throws with a sentence an operator understands otherwise. */
export async function importKeyFromPem(pem: string, kid: string | undefined): Promise<FixedKey> {
  const privateKey = createPrivateKey(pem)
  if (privateKey.asymmetricKeyType !== 'ec' || privateKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new Error('the key is not an EC key on the curve P-256')
  }
  const publicJwk = createPublicKey(privateKey).export({ format: 'jwk' }) as JWK
  const name = kid ?? (await calculateJwkThumbprint(publicJwk))
  return { kid: name, privateKey, publicJwk: publishable(publicJwk, name) }
}

/** Of a key of ours its public part, with what a JWKS says beside it. */
export function publishable(jwk: JWK, kid: string, alg = ACCESS_TOKEN_ALGORITHM as string): JWK {
  const { kty, crv, x, y, n, e } = jwk
  const value = kty === 'RSA' ? { n, e } : { crv, x, y }
  return { kty, ...value, kid, alg, use: 'sig' } as JWK
}
