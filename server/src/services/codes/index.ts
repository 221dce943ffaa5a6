/**
 * Owns: one-time codes sent out of band: made, hashed, counted, spent once, sent again. Does not own: what a right code
 * leads to. A decoy is a row whose code was never made: it behaves the same and is never right.
 */
export { createCodes } from './codes.ts'
export type { Codes, IssuedCode, ResendTo } from './codes.ts'
export * from './limits.ts'
export { CODES_VOIDED_BY_NEW_CREDENTIALS } from './voided-codes.ts'
