import type { KeyObject } from 'node:crypto'
import { sign } from 'node:crypto'

/** Bytes of one of the two integers of a P-256 signature. */
const INTEGER_BYTES = 32

/**
 * An ES256 signature as JWS has it: the two integers side by side, 64 bytes (RFC 7518 section 3.4). Node would write them
 * so by itself, at twice the cost of a signature in DER.
 */
export function signEs256(input: string, privateKey: KeyObject): Buffer {
  const der = sign('sha256', Buffer.from(input), privateKey)
  const signature = Buffer.alloc(2 * INTEGER_BYTES)
  // SEQUENCE { r INTEGER, s INTEGER } (RFC 3279 section 2.2.3), each with a length below 128.
  let at = 2
  for (const end of [INTEGER_BYTES, 2 * INTEGER_BYTES]) {
    const length = der[at + 1]!
    // DER writes no leading zero bytes, but one where the first bit would be a sign.
    const integer = der.subarray(at + 2 + Math.max(0, length - INTEGER_BYTES), at + 2 + length)
    signature.set(integer, end - integer.length)
    at += 2 + length
  }
  return signature
}
