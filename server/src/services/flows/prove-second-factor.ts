import type { Transaction } from 'kysely'
import type { Client } from '../../domain/client.ts'
import type { FlowState, Proof, SecondaryAuthentication } from '../../flow/index.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Events } from '../events/index.ts'
import { addressKey } from '../limits/index.ts'
import type { LimitName } from '../limits/index.ts'
import type { SecondFactors } from '../second-factors/index.ts'
import type { FlowInput } from './flow-types.ts'

export type SecondFactorInput = Extract<FlowInput, { input: 'totp' | 'recovery_code' }>

const AUTHENTICATION = { totp: 'secondary_totp', recovery_code: 'recovery_code' } as const satisfies Record<SecondFactorInput['input'], SecondaryAuthentication>

/**
 * What one guess at a second factor counts towards: one counter an account, whichever factor is tried and at whichever
 * door, since a million codes are few.
 */
export function secondFactorTries(state: FlowState, ip: string): readonly (readonly [LimitName, string])[] {
  return [
    ['code_failures_per_address', addressKey(ip)],
    // A key that is being set up was just shown: there is nothing to guess, and nobody to keep out.
    ['second_factor_failures_per_account', `${state.tenantId}:${state.secondFactor === 'to_set_up' ? state.flowId : (state.identified?.userId ?? state.flowId)}`],
  ]
}

/** Checks and spends, in the transaction that acts on it. While a factor is being set up its first code is the proof. */
export function createSecondFactorProof({ secondFactors, events }: { secondFactors: SecondFactors; events: Events }) {
  return async function prove(tx: Transaction<Schema>, state: FlowState, input: SecondFactorInput, client: Client): Promise<Proof> {
    if (state.pendingTotpKey !== null && state.secondFactor === 'to_set_up' && input.input === 'totp') {
      return { kind: 'totp_set_up', step: secondFactors.totps.stepOf(state.pendingTotpKey, input.code) }
    }
    const userId = state.identified?.userId ?? null
    const authentication = AUTHENTICATION[input.input]
    const mayTry = state.secondFactor === 'needed' && userId !== null && state.enrolledFactors.includes(authentication)
    const check = input.input === 'totp' ? secondFactors.totps.check : secondFactors.recoveryCodes.check
    const isRight = mayTry && (await check(tx, userId, input.code))
    if (mayTry && !isRight) {
      await events.record(tx, { type: 'authentication.failed', tenantId: state.tenantId, userId, client, data: { flow: state.type, authentication } })
    }
    if (isRight && input.input === 'recovery_code') await secondFactors.tellRecoveryCodeUsed(tx, { tenantId: state.tenantId, userId: userId }, client)
    return { kind: 'second_factor', authentication, isRight, wantsTrust: input.trustsDevice }
  }
}
