/** A grant lives as long as a session may at most: what is issued under it has ends of its own. */
export const GRANT_TTL_SECONDS = 365 * 24 * 60 * 60
