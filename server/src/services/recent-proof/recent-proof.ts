import type { Database } from '../../persistence/index.ts'
import type { Clock } from '../../platform/clock.ts'
import type { SignedIn } from '../sessions/index.ts'
import { RECENT_AUTHENTICATION_MS } from '../sessions/index.ts'
import type { Settings } from '../settings/index.ts'
import { hasUnprovenFactor } from './unproven-factor.ts'

/** Whether the proof behind a session is fresh and strong enough for changing what protects the account. */
export type RecentProof = (signedIn: SignedIn) => Promise<boolean>

/**
 * Ten minutes, and where a second factor is set up by both proofs: a browser that was spared the second one may go on
 * reading, but neither remove the factor nor add another way in. An anonymous session proved nothing: only a promotion protects
 * its account.
 */
export function createRecentProof({ database, clock, settings }: { database: Database; clock: Clock; settings: Settings }): RecentProof {
  const isSpared = createSparedCheck({ database, clock, settings })
  return async function isRecentlyProven(signedIn) {
    return !signedIn.user.isAnonymous && clock.now() - signedIn.session.authenticated_at <= RECENT_AUTHENTICATION_MS && !(await isSpared(signedIn))
  }
}

/** Whether an account has a second factor that this session did not show. */
export function createSparedCheck({ database, clock, settings }: { database: Database; clock: Clock; settings: Settings }) {
  return async function isSpared({ session, user }: SignedIn): Promise<boolean> {
    return hasUnprovenFactor(database.read, user, session.amr.split(' '), { policy: await settings.policy(), at: clock.now() })
  }
}
