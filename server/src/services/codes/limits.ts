/** Short enough to type from a phone; with five tries a guess succeeds once in 200,000. */
export const ONE_TIME_CODE_DIGITS = 6
/** NIST SP 800-63B-4 section 3.1.3.2 asks for ten minutes at most. */
export const ONE_TIME_CODE_TTL_MS = 10 * 60 * 1_000
/** Tries at one code; afterwards even the right one is refused. */
export const ONE_TIME_CODE_MAX_ATTEMPTS = 5
/** As long as the flow it continues; longer than its code, so that a new one can be sent. */
export const CHALLENGE_TTL_MS = 20 * 60 * 1_000
/** Mails of one challenge, the first included: whoever needs more begins again. */
export const CHALLENGE_MAX_SENDS = 4
/** Mail takes a moment; a second click would only void the code on its way. */
export const RESEND_PAUSE_MS = 30_000

/** Whether asking for a code again sends one: what is counted for sending is only counted then. */
export function isResendDue(record: { readonly sends: number; readonly last_sent_at: number }, at: number): boolean {
  return record.sends < CHALLENGE_MAX_SENDS && record.last_sent_at <= at - RESEND_PAUSE_MS
}
