/**
 * What an imported hash may cost: somebody who wrote the file must not decide how long this server works for each sign-in.
 * Each bound lies above what the systems we know use by default, and at it a verification takes a few seconds of one core.
 */

/** Four times the 64 MiB of RFC 9106's second choice, in KiB. */
export const ARGON2_MAX_MEMORY_KIB = 262_144
/** Memory in KiB times passes: 64 MiB may be gone through sixteen times. */
export const ARGON2_MAX_WORK_KIB = 1_048_576
/** Each lane is a thread elsewhere; here they run one after another. */
export const ARGON2_MAX_PARALLELISM = 16
/** 128 · N · r bytes: twice what OWASP asks for. */
export const SCRYPT_MAX_MEMORY_BYTES = 268_435_456
/** N · r · p: twice what OWASP asks for. */
export const SCRYPT_MAX_WORK = 2_097_152
/** Twice what OWASP asks of the fastest digest. */
export const PBKDF2_MAX_ITERATIONS = 2_600_000
/** Each step doubles the work; 14 takes about a second. */
export const BCRYPT_MAX_COST = 14
/** Just above Passlib's default of 656,000, the highest in common use. */
export const SHA_CRYPT_MAX_ROUNDS = 700_000
/** Binary logarithm of the rounds; common are 8 to 13. */
export const PHPASS_MAX_LOG2_ROUNDS = 18
/** Of a derived key or a digest: SHA-512's length, the longest that common systems keep. */
export const HASH_MAX_BYTES = 64
/** Below this a chance match or a search over all values becomes thinkable. */
export const HASH_MIN_BYTES = 16
/** What is stored with a hash is short; a longer one is a mistake. */
export const SALT_MAX_BYTES = 128

export function hasUsualLengths(salt: Uint8Array, hash: Uint8Array): boolean {
  return salt.length <= SALT_MAX_BYTES && hash.length >= HASH_MIN_BYTES && hash.length <= HASH_MAX_BYTES
}
