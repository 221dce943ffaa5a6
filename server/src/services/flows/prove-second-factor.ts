import type { Transaction } from 'kysely'
import type { Requester } from '../../domain/requester.ts'
import type { FlowState, Proof, SecondaryAuthentication } from '../../flow/index.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Events } from '../events/index.ts'
import { accountTries, addressKey } from '../limits/index.ts'
import type { Try } from '../limits/index.ts'
import type { Guess, Lockout } from '../lockout/index.ts'
import type { SecondFactors } from '../second-factors/index.ts'
import type { LockoutRules } from '../settings/index.ts'
import type { FlowInput } from './flow-types.ts'

export type SecondFactorInput = Extract<FlowInput, { input: 'totp' | 'recovery_code' }>

const AUTHENTICATION = { totp: 'secondary_totp', recovery_code: 'recovery_code' } as const satisfies Record<SecondFactorInput['input'], SecondaryAuthentication>

/**
 * What one guess at a second factor counts towards: one counter an account, whichever factor is tried and at whichever
 * door, since a million codes are few.
 */
export function secondFactorTries(state: FlowState, ip: string, ownDevice: string | undefined): readonly Try[] {
  // A key that is being set up was just shown: there is nothing to guess, and nobody to keep out.
  const account = `${state.tenantId}:${state.secondFactor === 'to_set_up' ? state.flowId : (state.identified?.userId ?? state.flowId)}`
  return [['code_failures_per_address', addressKey(ip)], ...accountTries('second_factor_failures_per_account', account, ownDevice)]
}

/** Who guesses, and by what rules their guesses are counted. */
export interface Guesser {
  readonly requester: Requester
  readonly ownDevice: string | undefined
  readonly lockoutRules: LockoutRules
}

/** Checks and spends, in the transaction that acts on it. While a factor is being set up its first code is the proof. */
export function createSecondFactorProof({ secondFactors, events, lockout }: { secondFactors: SecondFactors; events: Events; lockout: Lockout }) {
  return async function prove(tx: Transaction<Schema>, state: FlowState, input: SecondFactorInput, from: Guesser): Promise<Proof> {
    const { requester, ownDevice, lockoutRules } = from
    if (state.pendingTotpKey !== null && state.secondFactor === 'to_set_up' && input.input === 'totp') {
      return { kind: 'totp_set_up', step: secondFactors.totps.stepOf(state.pendingTotpKey, input.code) }
    }
    const userId = state.identified?.userId ?? null
    const authentication = AUTHENTICATION[input.input]
    const mayTry = state.secondFactor === 'needed' && userId !== null && state.enrolledFactors.includes(authentication)
    const check = input.input === 'totp' ? secondFactors.totps.check : secondFactors.recoveryCodes.check
    const guess: Guess | undefined = mayTry ? { kind: 'second_factor', tenantId: state.tenantId, userId, account: userId, ownDevice, requester } : undefined
    // Not even looked at while locked: a right code would be spent by that.
    const isOpen = guess !== undefined && !(await lockout.isLocked(tx, guess, lockoutRules))
    const isRight = isOpen && mayTry && (await check(tx, userId, input.code)) && (await lockout.succeed(tx, guess, lockoutRules))
    if (guess && !isRight) {
      await lockout.fail(tx, guess, lockoutRules)
      await events.record(tx, { type: 'authentication.failed', tenantId: state.tenantId, userId, requester, data: { flow: state.type, authentication } })
    }
    if (isRight && input.input === 'recovery_code') await secondFactors.tellRecoveryCodeUsed(tx, { tenantId: state.tenantId, userId: userId }, requester)
    return { kind: 'second_factor', authentication, isRight, wantsTrust: input.trustsDevice }
  }
}
