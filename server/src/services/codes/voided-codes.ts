import type { OneTimeCodeTable } from '../../persistence/schema.ts'

/**
 * Codes on their way when a password or an email address changes: whoever could use them knew the account as it was
 * before. A code for signing up is left, since it belongs to no account yet; one of `signup_login` that has an owner signs them in.
 */
export const CODES_VOIDED_BY_NEW_CREDENTIALS = ['account_recovery', 'login', 'signup_login', 'reauth', 'email_change', 'phone_change', 'second_factor'] as const satisfies readonly OneTimeCodeTable['purpose'][]
