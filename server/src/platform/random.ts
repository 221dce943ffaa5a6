import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'

/** A source of cryptographically secure bytes. Injected, so that tests may repeat a run. */
export interface Random {
  bytes(length: number): Uint8Array
}

export const systemRandom: Random = { bytes: (length) => randomBytes(length) }

/** A UUIDv7 (RFC 9562 section 5.7): 48 bits of time, then 74 random bits; sorts by creation, reveals no count. */
export function newId<Id extends string>(clock: Clock, random: Random): Id {
  const bytes = Buffer.from(random.bytes(16))
  bytes.writeUIntBE(clock.now(), 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id
}

/** An opaque secret of 256 bits, base64url, 43 characters. */
export function newSecret(random: Random): string {
  return Buffer.from(random.bytes(32)).toString('base64url')
}

/** `length` decimal digits, each equally likely: bytes of 250 and above are thrown away instead of folded by modulo. */
export function newDigits(random: Random, length: number): string {
  let digits = ''
  while (digits.length < length) {
    for (const byte of random.bytes(length)) {
      if (byte < 250 && digits.length < length) digits += String(byte % 10)
    }
  }
  return digits
}
