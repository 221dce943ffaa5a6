import type { EndingSession, Screen } from '../../flow/index.ts'
import type { Refusal } from '../../http/error-codes.ts'
import { refuse } from '../../http/error-codes.ts'
import { FLOW_TTL_SECONDS } from '../../services/flows/index.ts'
import type { SessionApiDeps } from './route.ts'
import { iso } from './shapes.ts'

/** Everything is proven, and earlier sessions would end: which, and where to agree. Undefined for other screens. */
export function refuseForSessionLimit(deps: SessionApiDeps, screen: Screen, stateToken: string): Refusal | undefined {
  if (screen.screen !== 'terminate_other_sessions') return undefined
  const expires_at = iso(deps.clock.now() + FLOW_TTL_SECONDS * 1_000)
  const sessions_to_end = { count: screen.count, sessions: screen.sessions.map(toEndingSession) }
  return refuse('session_limit_reached', { details: { authentication_challenge: { id: stateToken, expires_at }, sessions_to_end } })
}

export function toEndingSession({ userAgent, ip, lastUsedAt }: EndingSession) {
  return { user_agent: userAgent, ip, last_used_at: iso(lastUsedAt) }
}
