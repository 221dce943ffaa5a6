/** Apps that verify locally learn of a revocation no later than this. */
export const ACCESS_TOKEN_TTL_SECONDS = 600
/** A session nobody uses ends; each refresh moves this end. */
export const SESSION_IDLE_TTL_SECONDS = 14 * 24 * 60 * 60
/** No activity moves this end. */
export const SESSION_ABSOLUTE_TTL_SECONDS = 60 * 24 * 60 * 60
/** Twenty tabs that refresh at once all get the same successor. */
export const REFRESH_REUSE_WINDOW_MS = 10_000
/** How long a proof counts as recent for sensitive changes. */
export const RECENT_AUTHENTICATION_MS = 10 * 60 * 1_000
/** The audience of access tokens for the application Gatepost stands next to. */
export const APP_AUDIENCE = 'app'
/** How far the clocks of two instances may lie apart. */
export const MAX_CLOCK_SKEW_MS = 60_000
