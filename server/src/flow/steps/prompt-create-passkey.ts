import type { Policy } from '../policy.ts'
import type { Proof } from '../proof.ts'
import { makesAccount } from '../state.ts'
import type { FlowState } from '../state.ts'
import type { Accepted, Step } from './step.ts'

const DAY_MS = 24 * 60 * 60 * 1_000

/**
 * The offer to create a passkey, once everything was proven and before the finish. Only where the screen can be shown, and
 * never to who has a passkey, said "not now" lately, or was spared a second factor.
 */
export const promptCreatePasskey: Step = {
  isDone: (state) => !state.showsPasskeyPrompt || state.passkeyId !== null || isAddressTaken(state) || (state.passkeyPrompt !== null && state.passkeyPrompt !== 'offered'),
  ask(state, _policy, failure) {
    if (state.passkeyPrompt === null) return { fact: 'passkey_prompt' }
    return { screen: { screen: 'prompt_create_passkey', flow: state.type, displayIdentifier: state.identified?.email ?? state.identified?.display ?? '', failure } }
  },
  accept(state, proof, policy) {
    if (state.passkeyPrompt === null) return proof.kind === 'passkey_prompt' ? { state: { ...state, passkeyPrompt: isDue(proof, policy) ? 'offered' : 'spared' } } : undefined
    if (proof.kind === 'skipped') return { state: lookAgain({ ...state, passkeyPrompt: 'skipped' }) }
    if (proof.kind === 'passkey_created') return take(state, proof)
    return undefined
  },
}

/** A new account for a taken address comes to nothing: that is told at once, not after a passkey was made in vain. */
function isAddressTaken(state: FlowState): boolean {
  return makesAccount(state.type) && state.identified !== null && state.identified.userId !== null
}

function isDue(found: Extract<Proof, { kind: 'passkey_prompt' }>, { passkey: { promptAfterDays } }: Policy): boolean {
  const isOver = found.skippedAt === null || found.at >= found.skippedAt + promptAfterDays * DAY_MS
  return promptAfterDays > 0 && isOver && !found.hasPasskey && !found.isFactorUnproven
}

function take(state: FlowState, { passkey }: Extract<Proof, { kind: 'passkey_created' }>): Accepted {
  if (passkey === null) return { state, failure: { code: 'passkey_refused' } }
  return { state: lookAgain({ ...state, passkeyPrompt: 'created', newPasskey: passkey }) }
}

/** The offer may have stood open for minutes: who had no second factor before it may have set one up meanwhile. */
function lookAgain(state: FlowState): FlowState {
  return state.secondFactor === 'spared' ? { ...state, secondFactor: null } : state
}
