/**
 * Owns: what signed-in people may do with their own account: profile, username, password, email, deletion. Does not own:
 * sessions themselves (services/sessions), signing in (services/flows).
 */
export { createAccounts } from './accounts.ts'
export { parseDisplayName } from './display-name.ts'
export type { AccountFailure, Accounts, Actor } from './account-types.ts'
