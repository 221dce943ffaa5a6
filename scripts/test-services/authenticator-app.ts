/** An authenticator app of its own (RFC 6238 on RFC 4226), so that the server is not measured by the library it uses. */
import { createHmac } from 'node:crypto'

const STEP_MS = 30_000

/** The code that an app with this base32 key shows at an instant (milliseconds UTC), `steps` later or earlier. */
export function totpCode(key: string, at: number, steps = 0): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / STEP_MS) + steps))
  const mac = createHmac('sha1', fromBase32(key)).update(counter).digest()
  const offset = mac[19]! & 0xf
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)))
}
