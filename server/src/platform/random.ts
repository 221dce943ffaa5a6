import { randomBytes, randomFillSync } from 'node:crypto'
import type { Clock } from './clock.ts'

/** A source of cryptographically secure bytes. Injected, so that tests may repeat a run. */
export interface Random {
  bytes(length: number): Uint8Array
}

/** One call to the system for many ids: a rotation alone draws five times. */
const POOL_BYTES = 4_096

export const systemRandom: Random = createPooledRandom()

function createPooledRandom(): Random {
  const pool = Buffer.alloc(POOL_BYTES)
  let used = POOL_BYTES
  return {
    bytes(length) {
      if (length > POOL_BYTES / 4) return randomBytes(length)
      if (used + length > POOL_BYTES) {
        randomFillSync(pool)
        used = 0
      }
      // Copied out and wiped: no byte is handed out twice, and none stays behind.
      const drawn = Buffer.from(pool.subarray(used, used + length))
      pool.fill(0, used, used + length)
      used += length
      return drawn
    },
  }
}

/** Of the ids of one millisecond, which one: events of one transaction keep their order. */
const latest = { millisecond: -1, sequence: 0 }

/**
 * A UUIDv7 (RFC 9562 section 5.7): 48 bits of time, 12 bits that count within this process's millisecond from a random
 * start (section 6.2, method 1), 62 random bits. Sorts by creation, reveals no count.
 */
export function newId<Id extends string>(clock: Clock, random: Random): Id {
  const bytes = Buffer.from(random.bytes(16))
  const now = clock.now()
  // Starting in the lower half leaves at least 2,048 ids to a millisecond.
  latest.sequence = now === latest.millisecond ? (latest.sequence + 1) & 0xfff : bytes.readUInt16BE(6) & 0x7ff
  latest.millisecond = now
  bytes.writeUIntBE(now, 0, 6)
  bytes.writeUInt16BE(0x7000 | latest.sequence, 6)
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
