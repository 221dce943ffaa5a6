/**
 * Owns: the keys that sign tokens: made, sealed at rest, published, rotated with an overlap, retired. Does not own: what
 * is signed.
 */
export { createKeys } from './keys.ts'
export type { Keys, SigningKey } from './keys.ts'
export { importKeyFromPem } from './import-key.ts'
export type { FixedKey } from './import-key.ts'
export { JWKS_MAX_AGE_SECONDS } from './lifetimes.ts'
