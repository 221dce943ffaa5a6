/**
 * Owns: who stands behind an access token, remembered, and forgetting it within a second of whatever changes it, at every instance.
 * Does not own: sessions and their tokens, or what a caller may do.
 */
export { createCallers } from './callers.ts'
export type { Callers } from './callers.ts'
export type { Caller } from './caller.ts'
