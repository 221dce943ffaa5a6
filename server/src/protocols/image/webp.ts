import type { Cleaned } from './image.ts'

/** VP8X (RFC 9649 section 2.7.1): which further chunks follow. Colour profile, EXIF and XMP are left out. */
const FLAG = { animation: 0x02, alpha: 0x10 }
const KEPT = new Set(['VP8X', 'ALPH', 'VP8 ', 'VP8L'])

interface Size {
  readonly width: number
  readonly height: number
}

export function cleanWebp(bytes: Buffer): Cleaned {
  if (bytes.length < 20 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') return undefined
  const kept: Buffer[] = []
  let canvas: Size | undefined
  let frame: Size | undefined
  const end = Math.min(bytes.length, 8 + bytes.readUInt32LE(4))
  for (let at = 12; at + 8 <= end; ) {
    const type = bytes.toString('latin1', at, at + 4)
    const length = bytes.readUInt32LE(at + 4)
    const next = at + 8 + length + (length % 2)
    if (at + 8 + length > end) return undefined
    const data = bytes.subarray(at + 8, at + 8 + length)
    if (type === 'ANIM' || type === 'ANMF') return 'animated'
    if (type === 'VP8X') {
      if (length < 10) return undefined
      if (((data[0] ?? 0) & FLAG.animation) !== 0) return 'animated'
      canvas = { width: data.readUIntLE(4, 3) + 1, height: data.readUIntLE(7, 3) + 1 }
    }
    if (type === 'VP8 ' || type === 'VP8L') {
      const measured = type === 'VP8 ' ? sizeOfLossy(data) : sizeOfLossless(data)
      if (!measured || frame) return undefined
      frame = measured
    }
    if (KEPT.has(type)) kept.push(chunkOf(type, data))
    at = next
  }
  if (!frame) return undefined
  // What decoders unpack is the frame; a still one fills its canvas (RFC 9649 section 2.7), or somebody hides its size.
  if (canvas && (canvas.width !== frame.width || canvas.height !== frame.height)) return undefined
  const body = Buffer.concat(kept)
  const header = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  header.writeUInt32LE(body.length + 4, 4)
  return { ...frame, content: Buffer.concat([header, body]) }
}

function chunkOf(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32LE(data.length, 4)
  const content = Buffer.from(data)
  if (type === 'VP8X') content[0] = (content[0] ?? 0) & FLAG.alpha
  return Buffer.concat([head, content, Buffer.alloc(data.length % 2)])
}

/** The frame header of RFC 6386 section 9.1: a key frame with its start code. */
function sizeOfLossy(data: Buffer): Size | undefined {
  const isKeyFrame = data.length >= 10 && ((data[0] ?? 1) & 1) === 0 && data.readUIntBE(3, 3) === 0x9d012a
  return isKeyFrame ? { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff } : undefined
}

/** RFC 9649 section 3.4: a signature, then 14 bits each, less one. */
function sizeOfLossless(data: Buffer): Size | undefined {
  if (data.length < 5 || data[0] !== 0x2f) return undefined
  const bits = data.readUInt32LE(1)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}
