/** A ceremony is for the prompt that is on screen now. */
export const CEREMONY_TTL_MS = 5 * 60 * 1_000
/** More than anybody's devices; a list that fits on a page and a prompt. */
export const MAX_PASSKEYS_PER_USER = 20
