/** Owns: what password is acceptable, hashing it, checking it, hashing it anew. Does not own: who may change it. */
export { createPasswords } from './passwords.ts'
export type { Passwords } from './passwords.ts'
