/** Pages that nobody returns to: each is a step on the way in or the end of a way out, and would lead in a circle. */
export const OWN_DOORS = [
  '/login',
  '/signup',
  '/promote',
  '/logout',
  '/verify',
  '/login_link',
  '/reset_password',
  '/reauthenticate',
  '/signed_out',
  '/account_deleted',
  '/account_deactivated',
] as const
