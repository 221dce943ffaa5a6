/**
 * Owns: driving the one flow engine: opens and seals states, gathers proofs, applies effects in one transaction. Does not
 * own: what follows what (flow/), how a screen looks (endpoints/).
 */
export { createFlows } from './flows.ts'
export type { ApprovalListener, FlowLinks, LinkViewer, ShownLink, UsedLink } from './link-types.ts'
export { FLOW_TTL_SECONDS } from './state-token.ts'
export { createSessionStart } from './start-session.ts'
export { openTicket } from './sign-in-ticket.ts'
export type { SignInTicket } from './sign-in-ticket.ts'
export type { DeviceSecrets, FlowAnswer, FlowRefusal } from './flow-answer.ts'
export type { FlowCeremony, FlowInput, Flows, StartFlow } from './flow-types.ts'
