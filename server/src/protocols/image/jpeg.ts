import type { Cleaned } from './image.ts'
import { orientationOf, writeOrientation } from './exif-orientation.ts'

const MARKER = { soi: 0xd8, eoi: 0xd9, sos: 0xda, app0: 0xe0, app1: 0xe1, app14: 0xee, app15: 0xef, comment: 0xfe }
/** Of a JFIF segment without its thumbnail, and of Adobe's, which says how colours are coded. */
const JFIF_LENGTH = 16
const SOI = Buffer.from([0xff, MARKER.soi])
const EOI = Buffer.from([0xff, MARKER.eoi])

/**
 * The segments of ITU-T T.81 annex B. Application segments and comments are left out, but for JFIF without its thumbnail,
 * Adobe's colour transform and which side is up, which is all that is kept of EXIF.
 */
export function cleanJpeg(bytes: Buffer): Cleaned {
  if (!bytes.subarray(0, 2).equals(SOI)) return undefined
  const kept: Buffer[] = [SOI]
  let size: { width: number; height: number } | undefined
  let hasPixels = false
  for (let at = 2; at + 2 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === MARKER.eoi) return size && hasPixels ? { ...size, content: Buffer.concat([...kept, EOI]) } : undefined
    if (at + 4 > bytes.length) return undefined
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    if (end > bytes.length || end < at + 4) return undefined
    const segment = bytes.subarray(at, end)
    if (isFrameHeader(marker)) {
      if (segment.length < 10 || size) return undefined
      size = { width: segment.readUInt16BE(7), height: segment.readUInt16BE(5) }
    }
    kept.push(...keptOf(marker, segment))
    at = end
    if (marker !== MARKER.sos) continue
    const next = endOfScan(bytes, end)
    if (next === undefined) return undefined
    hasPixels = true
    kept.push(bytes.subarray(end, next))
    at = next
  }
  return undefined
}

/** SOF0 to SOF15, among which stand DHT, JPG and DAC. */
const isFrameHeader = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

function keptOf(marker: number, segment: Buffer): Buffer[] {
  if (marker === MARKER.comment) return []
  if (marker < MARKER.app0 || marker > MARKER.app15) return [segment]
  const name = segment.toString('latin1', 4, 9)
  if (marker === MARKER.app0 && name === 'JFIF\0' && segment.length >= 2 + JFIF_LENGTH) return [withoutThumbnail(segment)]
  if (marker === MARKER.app14 && name === 'Adobe') return [segment]
  const orientation = marker === MARKER.app1 && segment.toString('latin1', 4, 10) === 'Exif\0\0' ? orientationOf(segment.subarray(10)) : undefined
  return orientation === undefined ? [] : [writeOrientation(orientation)]
}

function withoutThumbnail(segment: Buffer): Buffer {
  const header = Buffer.from(segment.subarray(0, 2 + JFIF_LENGTH))
  header.writeUInt16BE(JFIF_LENGTH, 2)
  header.writeUInt16BE(0, JFIF_LENGTH)
  return header
}

/** Where the next marker stands: after FF comes 00 for the byte itself, or a restart marker (section B.1.1.5). */
function endOfScan(bytes: Buffer, from: number): number | undefined {
  for (let at = bytes.indexOf(0xff, from); at !== -1 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 2)) {
    const marker = bytes[at + 1] ?? 0
    if (marker !== 0 && (marker < 0xd0 || marker > 0xd7)) return at
  }
  return undefined
}
