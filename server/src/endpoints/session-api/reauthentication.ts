import type { Refusal } from '../../http/error-codes.ts'
import { refuse } from '../../http/error-codes.ts'
import type { SignedIn } from '../../services/sessions/index.ts'
import type { SessionApiDeps } from './route.ts'
import { iso } from './shapes.ts'

/** A challenge is for the prompt that is on screen now. */
const CHALLENGE_TTL_SECONDS = 5 * 60

/** 428 with a challenge that a proof answers: the state of a `reauth` flow, tied to the session. */
export async function requireRecentAuthentication(deps: SessionApiDeps, { session, user }: SignedIn): Promise<Refusal> {
  const started = await deps.flows.start({
    type: 'reauth',
    tenantId: deps.tenantId,
    binding: session.id,
    returnTo: '/',
    session: { id: session.id, userId: user.id },
    ttlSeconds: CHALLENGE_TTL_SECONDS,
  })
  if (started.kind !== 'screen') throw new Error('a re-authentication could not be started')
  return refuse('recent_authentication_required', {
    details: {
      authentication_challenge: { id: started.stateToken, expires_at: iso(deps.clock.now() + CHALLENGE_TTL_SECONDS * 1_000) },
      reauthenticate_url: `${deps.basePath}/reauthenticate`,
    },
  })
}
