import type Provider from 'oidc-provider'

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

/** What was issued here ends on time: the tolerance, which the library has for everything, is for the clocks of others. */
export function endAccessTokensOnTime(provider: Provider): void {
  const AccessToken = provider.AccessToken as unknown as { find(value: string, options?: object): Promise<{ readonly isExpired: boolean } | undefined> }
  const find = AccessToken.find.bind(AccessToken)
  AccessToken.find = async (value, options) => {
    const found = await find(value, options)
    return found?.isExpired === true ? undefined : found
  }
}
