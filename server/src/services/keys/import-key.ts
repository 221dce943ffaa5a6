import { createPrivateKey, createPublicKey } from 'node:crypto'
import type { CryptoKey, JWK } from 'jose'
import { calculateJwkThumbprint, importJWK } from 'jose'
import { ACCESS_TOKEN_ALGORITHM } from '../../protocols/access-token.ts'

/** A signing key brought by the operator (`JWT_PRIVATE_KEY_BASE64`), kept out of the database. */
export interface FixedKey {
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly publicJwk: JWK
}

/** PEM (PKCS #8 or SEC 1) of a P-256 private key; throws with a sentence an operator understands otherwise. */
export async function importKeyFromPem(pem: string, kid: string | undefined): Promise<FixedKey> {
  const key = createPrivateKey(pem)
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new Error('the key is not an EC key on the curve P-256')
  }
  const publicJwk = createPublicKey(key).export({ format: 'jwk' }) as JWK
  const name = kid ?? (await calculateJwkThumbprint(publicJwk))
  const privateKey = (await importJWK(key.export({ format: 'jwk' }) as JWK, ACCESS_TOKEN_ALGORITHM)) as CryptoKey
  return { kid: name, privateKey, publicJwk: publishable(publicJwk, name) }
}

export function publishable(jwk: JWK, kid: string): JWK {
  return { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y, kid, alg: ACCESS_TOKEN_ALGORITHM, use: 'sig' } as JWK
}
