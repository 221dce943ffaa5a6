/**
 * Owns: what signed-in people may do with their own account: profile, username, password, email addresses. Does not own:
 * sessions themselves (services/sessions), their end (services/deletions), signing in (services/flows).
 */
export { createAccounts } from './accounts.ts'
export { parseDisplayName } from './display-name.ts'
export type { AccountFailure, Accounts, EmailIntent, EmailRecord } from './account-types.ts'
