/** A token is made anew for every attempt; section 4 recommends two minutes at most. */
export const LOGOUT_TOKEN_TTL_SECONDS = 120
