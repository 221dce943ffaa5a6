import type { Transaction } from 'kysely'
import type { FlowState, Proof } from '../../flow/index.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Events } from '../events/index.ts'
import type { Guess, Lockout } from '../lockout/index.ts'
import type { LockoutRules } from '../settings/index.ts'

/**
 * What a password that was compared counts for, in the transaction that acts on it. A right one that comes while the
 * account is locked is a wrong one, to whoever sent it and in the time it takes: of parallel guesses as many can be right
 * as came before the lock, on however many instances.
 */
export function createPasswordJudgement({ events, lockout }: { events: Events; lockout: Lockout }) {
  return async function judge(tx: Transaction<Schema>, state: FlowState, proof: Proof, guess: Guess | undefined, rules: LockoutRules): Promise<Proof> {
    if (proof.kind !== 'password') return proof
    const isRight = proof.isRight && (guess === undefined || (await lockout.succeed(tx, guess, rules)))
    if (isRight) return proof
    const { tenantId, type } = state
    const data = { flow: type, authentication: 'primary_password' }
    await events.record(tx, { type: 'authentication.failed', tenantId, userId: state.identified?.userId ?? null, requester: guess?.requester ?? null, data })
    if (guess && !proof.isRight) await lockout.fail(tx, guess, rules)
    return { kind: 'password', isRight: false }
  }
}
