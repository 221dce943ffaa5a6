/**
 * Owns: by which `sub` a client knows a user (OpenID Connect Core 1.0 section 8). Does not own: the other claims, or who may see them.
 */
export { createSubjects } from './subjects.ts'
export type { Subjects } from './subjects.ts'
