/** NIST SP 800-63B-4 section 3.1.3.2 asks for ten minutes at most; six digits with five tries keep guessing hopeless. */
export const ONE_TIME_CODE_DIGITS = 6
export const ONE_TIME_CODE_TTL_MS = 10 * 60 * 1_000
export const ONE_TIME_CODE_MAX_ATTEMPTS = 5
/** A challenge outlives its code so that a new one can be sent. */
export const CHALLENGE_TTL_MS = 30 * 60 * 1_000
export const CHALLENGE_MAX_SENDS = 4
export const RESEND_PAUSE_MS = 30_000
