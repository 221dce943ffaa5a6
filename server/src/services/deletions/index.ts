/**
 * Owns: how accounts end: at their owner's wish, at once or after days in which the owner may change their mind. Does not
 * own: asking whoever signs in meanwhile (flow), or what an operator does.
 */
export { createDeletions } from './deletions.ts'
export type { DeletionFailure, Deletions } from './deletions.ts'
