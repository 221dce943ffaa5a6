import type { JsonWebKey } from 'node:crypto'
import { createPublicKey, X509Certificate } from 'node:crypto'
import { CLIENT_MAX_KEYS } from '../lifetimes.ts'
import type { Complain } from './field.ts'

const PRIVATE_PARTS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv']
const RSA_MIN_BITS = 2_048
/** Key type and curve that the algorithms of client assertions verify with (RFC 7518 section 3.1, RFC 8037). */
const CURVES: Readonly<Record<string, readonly string[]>> = { EC: ['P-256'], OKP: ['Ed25519'] }

/** A JWK Set (RFC 7517 section 5) of public keys that verify signatures. */
export function checkKeySet(value: unknown, complain: Complain): void {
  const keys = isObject(value) ? value['keys'] : undefined
  if (!Array.isArray(keys)) return complain('must be a JWK Set: an object with a list of keys')
  if (keys.length === 0 || keys.length > CLIENT_MAX_KEYS) return complain(`must have 1 to ${CLIENT_MAX_KEYS} keys`, 'keys')
  const kids = keys.map((key: unknown) => (isObject(key) ? key['kid'] : undefined))
  keys.forEach((key: unknown, index) => {
    const problem = findKeyProblem(key) ?? (kids[index] !== undefined && kids.indexOf(kids[index]) < index ? 'has the kid of an earlier key' : undefined)
    if (problem !== undefined) complain(problem, 'keys', index)
  })
  if (keys.length > 1 && kids.includes(undefined)) complain('must have a kid each where there are several', 'keys')
}

/** Whether one of the keys verifies what is signed with the algorithm. */
export function hasKeyFor(keys: readonly JsonWebKey[], algorithm: string): boolean {
  const keyType = algorithm.startsWith('ES') ? 'EC' : algorithm.startsWith('Ed') ? 'OKP' : 'RSA'
  return keys.some(({ kty, alg }) => kty === keyType && (alg === undefined || alg === algorithm))
}

function findKeyProblem(key: unknown): string | undefined {
  if (!isObject(key)) return 'must be a JSON Web Key'
  const { kty, crv, use, kid, alg } = key
  const secret = PRIVATE_PARTS.find((part) => Object.hasOwn(key, part))
  if (secret !== undefined) return `must be a public key: "${secret}" is a secret part, and whoever read it here knows it`
  if (kty !== 'RSA' && !(typeof kty === 'string' && Object.hasOwn(CURVES, kty) && CURVES[kty]?.includes(String(crv)))) return 'must be an RSA key, an EC key on P-256, or an OKP key on Ed25519'
  if (use !== undefined && use !== 'sig') return 'must be for signatures: its use is sig'
  for (const [name, value] of Object.entries({ kid, alg })) if (value !== undefined && (typeof value !== 'string' || value === '')) return `must have a text as ${name}`
  try {
    const publicKey = createPublicKey({ key: key, format: 'jwk' })
    const bits = publicKey.asymmetricKeyDetails?.modulusLength
    if (bits !== undefined && bits < RSA_MIN_BITS) return `must have ${RSA_MIN_BITS} bits or more`
    return key['x5c'] === undefined || isCertified(publicKey, key['x5c']) ? undefined : 'has an x5c whose first certificate is not of this key'
  } catch {
    return 'cannot be read as a key'
  }
}

/** RFC 7517 section 4.7: certificates in base64, that of the key first. */
function isCertified(publicKey: ReturnType<typeof createPublicKey>, chain: unknown): boolean {
  if (!Array.isArray(chain) || !chain.every((one) => typeof one === 'string')) return false
  try {
    return new X509Certificate(Buffer.from(chain[0] ?? '', 'base64')).publicKey.equals(publicKey)
  } catch {
    return false
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
