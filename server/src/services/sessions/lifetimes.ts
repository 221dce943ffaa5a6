/** Apps that verify locally learn of a revocation no later than this. */
export const ACCESS_TOKEN_TTL_SECONDS = 600
/** Sessions shown when a sign-in asks which will end: enough to recognise one's own. */
export const ENDING_SESSIONS_SHOWN = 10
/** Twenty tabs that refresh at once all get the same successor. */
export const REFRESH_REUSE_WINDOW_MS = 10_000
/** How long a proof counts as recent for sensitive changes. */
export const RECENT_AUTHENTICATION_MS = 10 * 60 * 1_000
/** The audience of access tokens for the application Gatepost stands next to. */
export const APP_AUDIENCE = 'app'
/** How far the clocks of two instances may lie apart. */
export const MAX_CLOCK_SKEW_MS = 60_000
