import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { Cleaned, CleanImage, ImageMediaType, ImageProblem } from './image.ts'
import { cleanJpeg } from './jpeg.ts'
import { cleanPng } from './png.ts'
import { cleanWebp } from './webp.ts'

export type { ImageMediaType, ImageProblem }

/** Larger ones cost whoever looks at them more memory than a portrait is worth. */
export const IMAGE_MAX_SIDE_PIXELS = 4_096

const CODECS: Readonly<Record<ImageMediaType, (bytes: Buffer) => Cleaned>> = { 'image/png': cleanPng, 'image/jpeg': cleanJpeg, 'image/webp': cleanWebp }

/**
 * PNG, JPEG or WebP by what the bytes say, never by what they are called, rewritten part by part: only parts that a decoder
 * needs are kept, so that places, times and names noted beside the picture do not travel with it.
 */
export function cleanImage(bytes: Buffer): Result<CleanImage, ImageProblem> {
  for (const [mediaType, clean] of Object.entries(CODECS) as [ImageMediaType, (typeof CODECS)[ImageMediaType]][]) {
    const cleaned = clean(bytes)
    if (cleaned === 'animated') return fail('animated')
    if (cleaned === undefined) continue
    const { width, height } = cleaned
    if (width < 1 || height < 1) return fail('not_an_image')
    return Math.max(width, height) > IMAGE_MAX_SIDE_PIXELS ? fail('too_many_pixels') : succeed({ mediaType, ...cleaned })
  }
  return fail('not_an_image')
}
