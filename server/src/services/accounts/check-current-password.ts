import type { Guess } from '../lockout/index.ts'
import type { Actor } from '../sessions/index.ts'
import type { AccountDeps } from './account-deps.ts'

/** Counts the password that a session gave as its owner's; one that is right while the session is locked counts as wrong. */
export function createCurrentPasswordCheck({ database, lockout, settings }: Pick<AccountDeps, 'database' | 'lockout' | 'settings'>) {
  return async function isRightAndOpen({ user, session, requester }: Actor, isRight: boolean): Promise<boolean> {
    const { lockout: rules } = await settings.document()
    const guess: Guess = { kind: 'password', tenantId: session.tenant_id, userId: user.id, account: user.id, ownDevice: `session:${session.id}`, requester }
    return database.transaction(async (tx) => {
      if (isRight) return lockout.succeed(tx, guess, rules)
      await lockout.fail(tx, guess, rules)
      return false
    })
  }
}
