/** What a person can keep track of; more are of no use. */
export const MAX_TOTPS = 5
/** From showing a key in the settings to its first code. */
export const TOTP_SET_UP_TTL_SECONDS = 15 * 60
/** Trusted browsers shown and kept account of. */
export const MAX_TRUSTED_DEVICES_SHOWN = 50
