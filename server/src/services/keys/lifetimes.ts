/** How long verifiers may keep the JWKS. */
export const JWKS_MAX_AGE_SECONDS = 300
/** An instance reads the keys again after this long. */
export const KEY_CACHE_MS = 30_000
/** A token under an unknown key makes an instance look again, but not more often than this. */
export const RELOAD_COOL_DOWN_MS = 1_000
/** A new key is published this long before it signs: longer than verifiers and instances cache. */
export const KEY_PUBLISHED_BEFORE_USE_MS = 2 * JWKS_MAX_AGE_SECONDS * 1_000
/** A retired key stays published this long: longer than any access token lives. */
export const KEY_OVERLAP_MS = 60 * 60 * 1_000
