import type { UserId } from '../domain/ids.ts'
import { isUuid } from '../domain/ids.ts'
import type { Result } from '../domain/result.ts'
import type { AdminFailure } from '../services/admins/index.ts'

/** What somebody was named by. */
function kindOf(name: string): string {
  if (name.includes('@')) return 'address'
  if (isUuid(name)) return 'id'
  return /^\+?[\d\s]+$/.test(name) ? 'number' : 'name'
}

/** Tells the operator what happened; the exit code. */
export function sayOutcome(outcome: Result<UserId, AdminFailure | 'no_password'>, email: string, done: string): number {
  if (outcome.ok) {
    console.log(`${email} ${done}`)
    return 0
  }
  switch (outcome.failure) {
    case 'already_so':
      console.log(`${email}: nothing to change`)
      return 0
    case 'user_not_found':
      console.error(`gatepost: no account has the ${kindOf(email)} ${email}; it must sign up first`)
      return 1
    case 'no_password':
      console.error(`gatepost: ${email} has no password`)
      return 1
    case 'last_active_admin':
      console.error(`gatepost: ${email} is the last admin; make somebody else admin first`)
      return 1
  }
}
