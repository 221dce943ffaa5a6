import type { Requester } from '../../domain/requester.ts'
import type { PasswordProblem } from '../../domain/password-rules.ts'
import type { FlowState, Policy, Proof } from '../../flow/index.ts'
import { advance, makesAccount } from '../../flow/index.ts'
import type { Database } from '../../persistence/index.ts'
import { findUser } from '../../persistence/queries/user-account.ts'
import type { LimitRefusal, Limits } from '../limits/index.ts'
import { addressKey } from '../limits/index.ts'
import type { Passwords } from '../passwords/index.ts'
import { FLOWS_PER_ADDRESS } from './limit-codes.ts'

/** Problems that are only found by asking others or by hashing. */
const LOOKED_UP: readonly PasswordProblem[] = ['breached', 'breach_check_unavailable', 'used_before']
const UNSEEN: Proof = { kind: 'unacceptable_password', problems: [] }

/**
 * A new password, judged and hashed. What the account knows (its names, its former passwords) is only held against it once
 * the flow knows its owner.
 */
export function createNewPasswordProof({ database, passwords, limits }: { database: Database; passwords: Passwords; limits: Limits }) {
  return async function prove(state: FlowState, password: string, requester: Requester, policy: Policy): Promise<{ proof: Proof } | { refused: LimitRefusal }> {
    // Where no step takes one it costs nothing and tells nothing.
    if (advance(state, UNSEEN, policy).next === 'refused') return { proof: UNSEEN }
    const address = addressKey(requester.ip)
    // Counted before it is hashed: a hash is what a stranger could make us work with.
    const refused = await limits.take(FLOWS_PER_ADDRESS[state.type], address)
    if (refused) return { refused }
    const { tenantId } = state
    const hashed = await passwords.hashNew(password, { tenantId, rules: policy.password, ...(await contextOf(state)) })
    if (hashed.ok) return { proof: { kind: 'new_password', ...hashed.value } }
    // What had to be looked up or compared stays counted: it was work.
    if (!hashed.failure.some((problem) => LOOKED_UP.includes(problem))) await limits.giveBack(FLOWS_PER_ADDRESS[state.type], address)
    return { proof: { kind: 'unacceptable_password', problems: hashed.failure } }
  }

  async function contextOf(state: FlowState): Promise<Pick<Parameters<Passwords['hashNew']>[1], 'identifiers' | 'earlier'>> {
    const { identified, type } = state
    const typed = identified ? [identified.display] : []
    if (!identified || makesAccount(type)) return { identifiers: typed }
    // The step that changes a password at sign-in comes after every proof.
    const isOwner = type === 'login' || state.isEmailProven || state.provenPhone !== null
    if (!isOwner) return { identifiers: typed, earlier: { userId: identified.userId, isToldLater: true } }
    const user = identified.userId === null ? undefined : await findUser(database.read, state.tenantId, identified.userId)
    const known = user ? [user.email ?? '', user.username ?? '', user.displayName ?? ''] : []
    return { identifiers: [...typed, ...known], earlier: { userId: identified.userId, isChangeDemanded: type === 'login' } }
  }
}
