/** Owns: who administers: granting and revoking the role, disabling accounts, the one-time link of the first admin. Does not
 * own: what an admin may do in the application. */
export { createAdmins } from './admins.ts'
export type { AccountFacts, AdminFailure, Admins } from './admins.ts'
