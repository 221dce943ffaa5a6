/**
 * Owns: accounts without any identity: making them, and deleting those that nobody uses any more. Does not own: how one
 * becomes its person's own (the flow `promote`), or its session (services/sessions).
 */
export { createAnonymousUsers } from './anonymous-users.ts'
export type { AnonymousSignUpFailure, AnonymousUsers } from './anonymous-users.ts'
