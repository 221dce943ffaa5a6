import type { TenantId } from '../../domain/ids.ts'
import type { PasswordProblem, PasswordRules } from '../../domain/password-rules.ts'
import type { BreachedPasswords } from '../../outbound/breached-passwords/breached-passwords.ts'
import type { Database } from '../../persistence/index.ts'
import type { Logger } from '../../platform/logger.ts'
import type { Events } from '../events/index.ts'

/** Looks a new password up among stolen ones, and does what policy says when that fails. Holds no connection meanwhile. */
export function createBreachCheck(deps: { database: Database; events: Events; logger: Logger; breached: BreachedPasswords }) {
  const { database, events, logger, breached } = deps
  return async function check(normalised: string, tenantId: TenantId, rules: PasswordRules): Promise<PasswordProblem | undefined> {
    if (rules.breachedCheck === 'off') return undefined
    const found = await breached.has(normalised, rules.breachedCheck)
    if (found.ok) return found.value ? 'breached' : undefined
    const outcome = rules.breachedOnFailure === 'allow' ? 'allowed' : 'refused'
    const data = { source: rules.breachedCheck, reason: found.failure, outcome }
    logger.warn(data, 'stolen passwords could not be looked up')
    await database.transaction((tx) => events.record(tx, { type: 'password.breach_check_failed', tenantId, data }))
    return outcome === 'allowed' ? undefined : 'breach_check_unavailable'
  }
}
