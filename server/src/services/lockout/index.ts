/**
 * Owns: how many wrong proofs in a row an account bears, durably and over all instances, and for how long it is locked then.
 * Does not own: how often anything may be tried at all (limits), or what a wrong proof is (flows).
 * Who is locked is answered like a wrong proof, so that neither a guess nor an account is told by it.
 */
export { createLockout } from './lockout.ts'
export type { CountedFailures, Guess, Lockout } from './lockout.ts'
