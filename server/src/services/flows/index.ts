/**
 * Owns: driving the one flow engine: opens and seals states, gathers proofs, applies effects in one transaction. Does not
 * own: what follows what (flow/), how a screen looks (endpoints/).
 */
export { createFlows } from './flows.ts'
export type { LinkedFlows as Flows, LinkViewer, UsedLink } from './link-types.ts'
export { FLOW_TTL_SECONDS } from './state-token.ts'
export type { DeviceSecrets, FlowAnswer, FlowCeremony, FlowInput, FlowRefusal, StartFlow } from './flow-types.ts'
