/**
 * Owns: how often something may be tried, per address and per account. Does not own: what happens on refusal.
 * Where guessing is the threat a try is taken before the proof is checked and given back when it was right, so that
 * parallel guesses cannot slip past the counter and honest people never fill it.
 */
export { createLimits } from './limits.ts'
export type { Limits, LimitRefusal } from './limits.ts'
export type { LimitName } from './rules.ts'
export { LIMIT_RULES } from './rules.ts'
export { addressKey } from './address-key.ts'
export { accountTries, giveBackAll, signInTries, takeAll } from './sign-in-tries.ts'
export { limitTaken } from './limit-taken.ts'
export type { Try } from './sign-in-tries.ts'
