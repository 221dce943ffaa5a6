/**
 * Who is signed in, and how they sign in, for a page on the origin of a Gatepost server.
 * Owns: the CSRF token, the current user, signing out, a `fetch` that renews the session, custom sign-in screens over the
 * Authentication Flow API, passkey ceremonies. Does not own: the sign-in pages (the server has them), tokens (they stay in HttpOnly
 * cookies that no script reads).
 */
import { createGatepostIn, type Gatepost, type GatepostOptions } from './create-gatepost.ts'
import { currentPage } from './page.ts'

export { createCustomScreen } from './custom-screen.ts'
export { createFlowClient } from './flow-client.ts'
export { GatepostError, readError, type ErrorDetails, type FieldProblem } from './gatepost-error.ts'
export { createPasskeys } from './passkeys.ts'
export type * from './contract-types.ts'
export type { CustomScreen, CustomScreenOptions, ScreenRequest } from './custom-screen.ts'
export type { Gatepost, GatepostOptions } from './create-gatepost.ts'
export type { FlowClient, FlowStartOptions } from './flow-client.ts'
export type { AnyFlowStep, Asked, FinishedFlow, FlowInput, FlowState, FlowStep, FlowType, InputFor } from './flow-state.ts'
export type { Passkeys, SignInWithPasskeyOptions } from './passkeys.ts'
export type { SessionEndListener } from './session-end.ts'
export type { User } from './user.ts'

/** One for a page: it shares refreshes among its own callers, and with the other tabs of the origin. */
export function createGatepost(options: GatepostOptions = {}): Gatepost {
  return createGatepostIn(currentPage(), options)
}
