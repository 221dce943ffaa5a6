/** Twelve attempts spread over about a day and a half, then the row is dead and waits for a person. */
export const MAX_ATTEMPTS = 12
/** A mail server that restarts is back by then; each pause is three times the one before. */
const FIRST_DELAY_MS = 5_000
/** The longest pause. */
const MAX_DELAY_MS = 6 * 60 * 60 * 1_000

/** Pause after the given attempt (1 for the first): threefold from five seconds, with up to a fifth of jitter. */
export function retryDelayMs(attempt: number, jitter: number): number {
  const base = Math.min(FIRST_DELAY_MS * 3 ** (attempt - 1), MAX_DELAY_MS)
  return Math.round(base * (1 + jitter * 0.2))
}
