/**
 * Some systems keep a hash in several fields, or in a text that does not say how it was made. Each function here writes
 * one as a text that does; whether it is right is for `parseForeignHash` to say.
 */
import type { DigestName } from './digest.ts'
import { decodeBase64, encodeBase64 } from './encodings.ts'

/** Bytes; how they were written is the caller's matter. */
export interface DigestParts {
  readonly digest: DigestName
  readonly hash: Uint8Array
  readonly salt: Uint8Array
  readonly saltPosition: 'before' | 'after' | 'none'
}

export function textOfDigest(parts: DigestParts): string {
  return `$digest-${parts.digest}$salt=${parts.saltPosition}$${encodeBase64(parts.salt)}$${encodeBase64(parts.hash)}`
}

export interface Pbkdf2Parts {
  readonly digest: 'sha1' | 'sha256' | 'sha512'
  readonly iterations: number
  readonly salt: Uint8Array
  readonly hash: Uint8Array
}

/** Keycloak and whoever else keeps the numbers apart. */
export function textOfPbkdf2({ digest, iterations, salt, hash }: Pbkdf2Parts): string {
  return `$pbkdf2-${digest}$i=${iterations}$${encodeBase64(salt)}$${encodeBase64(hash)}`
}

/** As exported by Firebase: base64 throughout. */
export interface FirebaseScryptParts {
  readonly hash: string
  readonly salt: string
  readonly signerKey: string
  readonly saltSeparator: string
  readonly rounds: number
  readonly memoryCost: number
}

export function textOfFirebaseScrypt({ hash, salt, signerKey, saltSeparator, rounds, memoryCost }: FirebaseScryptParts): string {
  return `$firebase-scrypt$m=${memoryCost},r=${rounds}$${signerKey}$${saltSeparator}$${salt}$${hash}`
}

/** Better Auth's `salt:key`: scrypt with N=16384, r=16, p=1, salted with the salt's hexadecimal digits, not its bytes. */
export function textOfBetterAuth(text: string): string | undefined {
  const [, salt = '', key = ''] = /^([0-9a-f]{32}):([0-9a-f]{128})$/.exec(text) ?? []
  return salt === '' ? undefined : `$scrypt$ln=14,r=16,p=1$${encodeBase64(Buffer.from(salt))}$${encodeBase64(Buffer.from(key, 'hex'))}`
}

const ASP_NET_DIGESTS: Readonly<Record<number, Pbkdf2Parts['digest']>> = { 0: 'sha1', 1: 'sha256', 2: 'sha512' }

/**
 * ASP.NET Core Identity, base64. Version 3: 0x01, then digest, iterations and salt length as big-endian 32-bit numbers,
 * salt, key. Version 2: 0x00, 16 bytes of salt, 32 of key, PBKDF2-HMAC-SHA1 with 1,000 iterations.
 */
export function textOfAspNetIdentity(text: string): string | undefined {
  const bytes = decodeBase64(text)
  if (bytes?.[0] === 0 && bytes.length === 49) {
    return textOfPbkdf2({ digest: 'sha1', iterations: 1_000, salt: bytes.subarray(1, 17), hash: bytes.subarray(17) })
  }
  if (bytes?.[0] !== 1 || bytes.length < 13) return undefined
  const digest = ASP_NET_DIGESTS[bytes.readUInt32BE(1)]
  const saltEnd = 13 + bytes.readUInt32BE(9)
  return digest && saltEnd < bytes.length
    ? textOfPbkdf2({ digest, iterations: bytes.readUInt32BE(5), salt: bytes.subarray(13, saltEnd), hash: bytes.subarray(saltEnd) })
    : undefined
}
