/** The one built-in role; roles are facts in the session and the token, what they allow is the application's business. */
export const ADMIN_ROLE = 'admin'
