import { crc32 } from 'node:zlib'
import type { Cleaned } from './image.ts'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** What draws the picture (PNG Third Edition, section 5.6); texts, times, EXIF and profiles are left out. */
const KEPT = new Set(['IHDR', 'PLTE', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'bKGD', 'pHYs', 'IDAT', 'IEND'])
const ANIMATION = new Set(['acTL', 'fcTL', 'fdAT'])

/** Length, type, data and CRC-32 of each chunk; what follows the last one is cut off. */
export function cleanPng(bytes: Buffer): Cleaned {
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return undefined
  const kept: Buffer[] = [SIGNATURE]
  let size: { width: number; height: number } | undefined
  let hasPixels = false
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const end = at + 12 + length
    if (end > bytes.length) return undefined
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return undefined
    if (ANIMATION.has(type)) return 'animated'
    if ((type === 'IHDR') !== (at === SIGNATURE.length)) return undefined
    if (type === 'IHDR') {
      if (length !== 13) return undefined
      size = { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) }
    }
    hasPixels ||= type === 'IDAT'
    if (KEPT.has(type)) kept.push(bytes.subarray(at, end))
    if (type === 'IEND') return size && hasPixels ? { ...size, content: Buffer.concat(kept) } : undefined
    at = end
  }
  return undefined
}
