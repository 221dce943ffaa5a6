import { createHash } from 'node:crypto'
import { encodeGroup } from './crypt-base64.ts'

/** Without `rounds=` in the text. */
export const SHA_CRYPT_DEFAULT_ROUNDS = 5_000

/**
 * Ulrich Drepper, "Unix crypt using SHA-256 and SHA-512" (version 0.6): sha256-crypt (`$5$`) and sha512-crypt (`$6$`). The
 * step numbers below are his. Gives the encoded digest alone.
 */
export function shaCrypt(password: Buffer, digestName: 'sha256' | 'sha512', salt: string, rounds: number): string {
  const saltBytes = Buffer.from(salt)
  const digestOf = (...parts: Uint8Array[]) => createHash(digestName).update(Buffer.concat(parts)).digest()
  // 4-8
  const inner = digestOf(password, saltBytes, password)
  // 1-3, 9-12
  const parts: Uint8Array[] = [password, saltBytes, repeatTo(inner, password.length)]
  for (let bits = password.length; bits > 0; bits >>= 1) parts.push(bits & 1 ? inner : password)
  let digest = digestOf(...parts)
  // 13-16
  const passwordSequence = repeatTo(digestOf(Buffer.alloc(password.length ** 2, password)), password.length)
  // 17-20
  const saltSequence = repeatTo(digestOf(...Array.from({ length: 16 + (digest[0] ?? 0) }, () => saltBytes)), saltBytes.length)
  // 21
  for (let round = 0; round < rounds; round += 1) {
    const turn: Uint8Array[] = [round & 1 ? passwordSequence : digest]
    if (round % 3 !== 0) turn.push(saltSequence)
    if (round % 7 !== 0) turn.push(passwordSequence)
    turn.push(round & 1 ? digest : passwordSequence)
    digest = digestOf(...turn)
  }
  return encodeDigest(digest)
}

/** Step 22: three bytes a third of the digest apart, the first of them rotating; the rest of the digest at the end. */
function encodeDigest(digest: Buffer): string {
  const third = Math.floor(digest.length / 3)
  // SHA-512 rotates one way, SHA-256 the other.
  const step = digest.length === 64 ? 1 : 2
  let text = ''
  for (let index = 0; index < third; index += 1) {
    const first = (index * step) % 3
    text += encodeGroup([0, 1, 2].map((part) => digest[index + third * ((first + part) % 3)] ?? 0))
  }
  return text + encodeGroup([...digest.subarray(third * 3)].reverse())
}

function repeatTo(bytes: Buffer, length: number): Buffer {
  return Buffer.alloc(length, bytes)
}
