import { advance } from '../../flow/index.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Sealer } from '../../platform/sealing.ts'
import type { Passkeys } from '../passkeys/index.ts'
import type { Settings } from '../settings/index.ts'
import type { FlowCeremony, Flows } from './flow-types.ts'
import { openState } from './state-token.ts'

/** Ceremonies that belong to a flow: only where it stands at a step that takes their answer. */
export function createCeremonyBegin(deps: { sealer: Sealer; clock: Clock; settings: Settings; passkeys: Passkeys }): Flows['beginCeremony'] {
  const { sealer, clock, settings, passkeys } = deps

  return async function begin(stateToken, bindings, requester): Promise<FlowCeremony> {
    const state = bindings.map((binding) => openState(sealer, clock, stateToken, binding)).find((one) => one !== undefined)
    if (!state) return { kind: 'refused', refusal: 'invalid_state' }
    const advanced = advance(state, null, await settings.policy())
    const party = { tenantId: state.tenantId, flowId: state.flowId, userId: state.identified?.userId ?? null, requester }
    if (advanced.next === 'screen' && advanced.screen.screen === 'prompt_create_passkey') {
      const begun = await passkeys.inFlow.beginPrompt(party, advanced.screen.displayIdentifier)
      return begun.ok ? { kind: 'creation', begun: begun.value } : refuse(begun.failure)
    }
    if (state.secondFactor !== 'needed' || !state.enrolledFactors.includes('secondary_passkey')) return { kind: 'refused', refusal: 'unexpected_input' }
    const begun = await passkeys.inFlow.beginSecondFactor(party)
    return begun.ok ? { kind: 'request', begun: begun.value } : refuse(begun.failure)
  }
}

function refuse(failure: { code: string; retryAfterSeconds?: number }): FlowCeremony {
  return failure.code === 'rate_limited' ? { kind: 'refused', refusal: 'rate_limited', retryAfterSeconds: failure.retryAfterSeconds ?? 60 } : { kind: 'refused', refusal: 'unexpected_input' }
}
