/** Owns: the picture of a person: taken clean, kept, found by an address that nobody guesses. Does not own: image formats (protocols/image). */
export { createPictures, PICTURE_MAX_BYTES } from './pictures.ts'
export type { Picture, Pictures } from './pictures.ts'
