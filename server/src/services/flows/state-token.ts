import type { FlowState } from '../../flow/index.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Sealer } from '../../platform/sealing.ts'

/** A flow that is not finished by then begins anew. */
export const FLOW_TTL_SECONDS = 20 * 60
const SEALING_PURPOSE = 'flow-state'

export function sealState(sealer: Sealer, state: FlowState): string {
  return sealer.seal(SEALING_PURPOSE, JSON.stringify(state))
}

/** The state, if it is ours, alive and of this binding. */
export function openState(sealer: Sealer, clock: Clock, token: string, binding: string): FlowState | undefined {
  const text = sealer.open(SEALING_PURPOSE, token)
  if (text === undefined) return undefined
  const state = JSON.parse(text) as FlowState
  return state.expiresAt > clock.now() && state.binding === binding ? state : undefined
}
