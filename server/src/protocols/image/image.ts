export type ImageMediaType = 'image/png' | 'image/jpeg' | 'image/webp'

/** An image without what its camera or editor noted in it. */
export interface CleanImage {
  readonly mediaType: ImageMediaType
  /** Pixels. */
  readonly width: number
  readonly height: number
  readonly content: Buffer
}

/** `not_an_image`: none of the three kinds, SVG among the others, or broken. */
export type ImageProblem = 'not_an_image' | 'animated' | 'too_many_pixels'

/** What one of the codecs found, in the bytes that are kept. */
export type Cleaned = Omit<CleanImage, 'mediaType'> | 'animated' | undefined
