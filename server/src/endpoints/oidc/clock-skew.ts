/**
 * What clocks of clients may be off (FAPI 2.0 Security Profile section 5.3.2.1): up to ten seconds ahead is taken, more than
 * sixty is not. It holds for every client: nobody needs more.
 */
export const CLOCK_SKEW_SECONDS = 10
export const MAX_AHEAD_SECONDS = 60

/** Whether something says that it was made later than any clock could think. `now`: milliseconds UTC. */
export function isFromTheFuture(claims: Readonly<Record<string, unknown>>, now: number): boolean {
  const { iat } = claims
  return typeof iat === 'number' && iat > now / 1_000 + MAX_AHEAD_SECONDS
}
