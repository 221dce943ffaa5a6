/**
 * Owns: inviting somebody by mail, what an invitation is worth, listing them and taking them back. Does not own: making the
 * account that it leads to (flows), or who may sign up without one (flow, settings).
 */
export * from './lifetimes.ts'
export { createInvitations } from './invitations.ts'
export type { Invitations, InvitationFailure, ListedInvitation } from './invitations.ts'
