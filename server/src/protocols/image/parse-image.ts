import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import { checkPng } from './check-png.ts'
import { checkSvg } from './check-svg.ts'

export const IMAGE_MAX_BYTES = 64 * 1_024

/** A picture that may be served: its bytes were checked, an SVG was written anew. */
export interface Image {
  readonly extension: 'png' | 'svg'
  readonly bytes: Buffer
}

const DATA_URI = /^data:image\/(png|svg\+xml)(?:;charset=utf-8)?(;base64)?,(.*)$/is

/** What a `data:` URI of a PNG or SVG holds (RFC 2397); undefined for any other text. */
export function bytesOfDataUri(text: string): Buffer | undefined {
  const [, , base64, data = ''] = DATA_URI.exec(text) ?? []
  if (!DATA_URI.test(text)) return undefined
  if (base64 !== undefined) return Buffer.from(data, 'base64')
  try {
    return Buffer.from(decodeURIComponent(data))
  } catch {
    return undefined
  }
}

/** The picture in these bytes, or everything that is wrong with it. What it is, its bytes say, not its name. */
export function parseImage(bytes: Buffer): Result<Image, readonly string[]> {
  if (bytes.length > IMAGE_MAX_BYTES) return fail([`is larger than ${IMAGE_MAX_BYTES / 1_024} KiB`])
  if (bytes[0] === 0x89) {
    const checked = checkPng(bytes)
    return checked.ok ? succeed({ extension: 'png', bytes }) : checked
  }
  const checked = checkSvg(bytes)
  return checked.ok ? succeed({ extension: 'svg', bytes: Buffer.from(checked.value) }) : checked
}
