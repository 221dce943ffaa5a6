export type { Image } from './parse-image.ts'
export { bytesOfDataUri, IMAGE_MAX_BYTES, parseImage } from './parse-image.ts'
