import type { Screen } from '../../flow/index.ts'
import type { Refusal } from '../../http/error-codes.ts'
import { refuse } from '../../http/error-codes.ts'
import { FLOW_TTL_SECONDS } from '../../services/flows/index.ts'
import { toPasswordPolicy } from './password-policy.ts'
import type { SessionApiDeps } from './route.ts'
import { iso } from './shapes.ts'

/** Every proof was right and the password has to be replaced: where and with what to go on. Undefined for other screens. */
export function refuseForPasswordChange({ clock }: SessionApiDeps, screen: Screen, stateToken: string): Refusal | undefined {
  if (screen.screen !== 'change_password' || screen.failure !== null) return undefined
  return refuse('password_change_required', {
    details: {
      authentication_challenge: { id: stateToken, expires_at: iso(clock.now() + FLOW_TTL_SECONDS * 1_000) },
      password_change: { reason: screen.reason, password_policy: toPasswordPolicy(screen.passwordRules) },
    },
  })
}
