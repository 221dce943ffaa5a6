/**
 * Owns: what password is acceptable, hashing it, checking it, hashing it anew, remembering former ones, asking for another.
 * Does not own: who may change it.
 */
export { createPasswords } from './passwords.ts'
export type { Passwords } from './passwords.ts'
export { createPasswordChanges } from './password-changes.ts'
export type { PasswordChanges } from './password-changes.ts'
export { formerToKeep } from './former-passwords.ts'
