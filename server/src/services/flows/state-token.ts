import { UNTOUCHED_STATE, type FlowState } from '../../flow/index.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Sealer } from '../../platform/sealing.ts'

/** A flow that is not finished by then begins anew. */
export const FLOW_TTL_SECONDS = 20 * 60
const SEALING_PURPOSE = 'flow-state'

/** Holds what is looked up of an account: an id, three addresses of the greatest length that RFC 5321 allows, and a number. */
const LOOKED_UP_BYTES = 864

/** Sealing hides what a state holds, not how long it is: a stranger's state is as long as that of an account. */
export function sealState(sealer: Sealer, state: FlowState): string {
  const { userId, email, emailDisplay, phone } = state.identified ?? {}
  const lookedUp = Buffer.byteLength(JSON.stringify([userId, email, emailDisplay, phone, state.codeDestination]))
  const padding = (LOOKED_UP_BYTES - (lookedUp % LOOKED_UP_BYTES)) % LOOKED_UP_BYTES
  return sealer.seal(SEALING_PURPOSE, JSON.stringify(touchedFacts(state)) + ' '.repeat(padding))
}

/** The state, if it is ours, alive and of this binding. */
export function openState(sealer: Sealer, clock: Clock, token: string, binding: string): FlowState | undefined {
  const state = readState(sealer, token)
  return state && state.expiresAt > clock.now() && state.binding === binding ? state : undefined
}

/** What a state of ours says, whoever shows it and whenever: for answering who was let in already. */
export function readState(sealer: Sealer, token: string): FlowState | undefined {
  const text = sealer.open(SEALING_PURPOSE, token)
  return text === undefined ? undefined : { ...UNTOUCHED_STATE, ...(JSON.parse(text) as Touched) }
}

type Touched = Omit<FlowState, keyof typeof UNTOUCHED_STATE> & Partial<FlowState>

/** A token stands in every form of a page and in its address, so it carries only what an input changed. */
function touchedFacts(state: FlowState): Touched {
  const untouched: Partial<Record<string, unknown>> = UNTOUCHED_STATE
  return Object.fromEntries(Object.entries(state).filter(([name, value]) => value !== untouched[name])) as Touched
}
