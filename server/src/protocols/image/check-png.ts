import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const MAX_PIXELS_A_SIDE = 4_096

/** W3C PNG, section 5: chunks from IHDR to IEND and nothing behind, of a size that a browser unpacks without harm. */
export function checkPng(given: Uint8Array): Result<undefined, readonly string[]> {
  const bytes = Buffer.from(given)
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return fail(['is no PNG'])
  let at = SIGNATURE.length
  for (let index = 0; at + 12 <= bytes.length; index += 1) {
    const length = bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (index === 0) {
      if (type !== 'IHDR' || length !== 13 || bytes.length < at + 25) return fail(['is no PNG: its header is missing'])
      const [width, height] = [bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)]
      const isFair = width > 0 && height > 0 && width <= MAX_PIXELS_A_SIDE && height <= MAX_PIXELS_A_SIDE
      if (!isFair) return fail([`has ${width} by ${height} pixels; up to ${MAX_PIXELS_A_SIDE} a side are taken`])
    }
    at += 12 + length
    if (type === 'IEND') return at === bytes.length ? succeed(undefined) : fail(['holds something behind the picture'])
  }
  return fail(['is a PNG that was cut off'])
}
