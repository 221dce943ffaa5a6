/** Time to find a telephone and to sign in there; RFC 8628 section 5.1 wants it short, since a code can be guessed. */
export const DEVICE_CODE_TTL_SECONDS = 10 * 60
/** RFC 8628 section 3.2: its default. */
export const DEVICE_POLL_INTERVAL_SECONDS = 5
