/** Long enough for somebody's week off; another is made with one command. */
export const INVITATION_TTL_DAYS = 7
/** A link that is not used within so long was not wanted. */
export const INVITATION_MAX_TTL_DAYS = 90
