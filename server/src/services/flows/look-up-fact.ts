import type { Transaction } from 'kysely'
import type { Requester } from '../../domain/requester.ts'
import { NOBODY_ID } from '../../domain/ids.ts'
import { makesAccount } from '../../flow/index.ts'
import type { FlowState, NeededFact, Policy, Proof } from '../../flow/index.ts'
import { hasAnyPasskey } from '../../persistence/queries/authenticator-passkey.ts'
import { findPasskeyPromptSkippedAt } from '../../persistence/queries/passkey-prompt.ts'
import { hasTotp } from '../../persistence/queries/authenticator-totp.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import { hasUnprovenFactor } from '../recent-proof/index.ts'
import type { SecondFactors } from '../second-factors/index.ts'
import type { Sessions } from '../sessions/index.ts'
import type { DeviceSecrets } from './flow-answer.ts'
import type { HeldAccounts } from './held-account.ts'

/** Who sends an input, and what their browser's cookies say about it. */
export interface Presented extends DeviceSecrets {
  readonly requester: Requester
}

/** Facts no person can supply, looked up in the transaction that acts on them. */
export function createFactLookUp({ clock, secondFactors, sessions }: { clock: Clock; secondFactors: SecondFactors; sessions: Sessions }) {
  /** For an account that is about to be made, or whose address is proven for the first time, nothing stands in the way. */
  async function lookUpPrompt(tx: Transaction<Schema>, state: FlowState, accounts: HeldAccounts, policy: Policy): Promise<Proof> {
    const userId = state.identified?.userId ?? null
    const user = userId === null ? undefined : await accounts.find(userId)
    const isNew = !user || (state.isEmailProven && user.emailVerifiedAt === null)
    if (isNew) return { kind: 'passkey_prompt', hasPasskey: false, isFactorUnproven: false, skippedAt: null, at: clock.now() }
    return {
      kind: 'passkey_prompt',
      hasPasskey: await hasAnyPasskey(tx, user.id),
      isFactorUnproven: await hasUnprovenFactor(tx, user, state.amr, { policy, at: clock.now() }),
      skippedAt: (await findPasskeyPromptSkippedAt(tx, user.id)) ?? null,
      at: clock.now(),
    }
  }

  /** None for who keeps those of another app, or whose sign-up comes to nothing; a factor of before the first proof is void. */
  async function makeRecoveryCodes(tx: Transaction<Schema>, state: FlowState, accounts: HeldAccounts): Promise<readonly string[]> {
    const userId = state.identified?.userId ?? null
    if (userId === null) return secondFactors.recoveryCodes.make()
    if (makesAccount(state.type)) return []
    const user = await accounts.find(userId)
    const isFirstProof = state.isEmailProven && user?.emailVerifiedAt === null
    return isFirstProof || !(await hasTotp(tx, userId)) ? secondFactors.recoveryCodes.make() : []
  }

  return async function lookUp(tx: Transaction<Schema>, state: FlowState, fact: NeededFact, { accounts, from, policy }: { accounts: HeldAccounts; from: Presented; policy: Policy }): Promise<Proof> {
    const userId = state.identified?.userId ?? null
    switch (fact) {
      case 'account_status': {
        const user = userId === null ? undefined : await accounts.find(userId)
        return { kind: 'account_status', isActive: !!user && user.disabledAt === null, protectionVersion: user?.protectionVersion ?? null }
      }
      case 'second_factors': {
        const none = { enrolled: [], hasPasskey: false, hasPassword: false, phones: [], isTrustedDevice: false }
        // Whoever registered this address without proving it must not keep its owner out by a factor of their own.
        const user = userId === null || makesAccount(state.type) ? undefined : await accounts.find(userId)
        const isFirstProof = state.isEmailProven && user?.emailVerifiedAt === null
        const found = !user || isFirstProof ? none : await secondFactors.lookUp(tx, user, { ...from, policy })
        return { kind: 'second_factors', ...found, at: clock.now() }
      }
      case 'recovery_codes':
        return { kind: 'recovery_codes', codes: await makeRecoveryCodes(tx, state, accounts) }
      case 'sessions_to_end':
        return { kind: 'sessions_to_end', sessions: await sessions.sessionsToEnd(tx, userId ?? NOBODY_ID, policy.session) }
      case 'passkey_prompt':
        return lookUpPrompt(tx, state, accounts, policy)
      case 'account_deletion':
        return { kind: 'account_deletion', deleteAt: (userId === null ? undefined : await accounts.findDeletion(userId))?.delete_at ?? null }
      case 'totp_key':
        return { kind: 'totp_key', key: secondFactors.totps.newKey() }
    }
  }
}
