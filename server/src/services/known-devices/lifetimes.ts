/** Renewed by each sign-in; whoever stays away for longer is a stranger to their own account again. */
export const KNOWN_DEVICE_TTL_SECONDS = 180 * 24 * 60 * 60
/** Accounts that one browser is known by: a family's computer. */
export const MAX_KNOWN_ACCOUNTS = 4
