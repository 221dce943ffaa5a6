/**
 * Who is signed in, for a page on the origin of a Gatepost server.
 * Owns: the CSRF token, the current user, signing out, and a `fetch` that renews the session. Does not own: the sign-in pages
 * (the server has them), tokens (they stay in HttpOnly cookies that no script reads).
 */
import { createGatepostIn, type Gatepost, type GatepostOptions } from './create-gatepost.ts'
import { currentPage } from './page.ts'

export { GatepostError, readError, type FieldProblem } from './gatepost-error.ts'
export type { Gatepost, GatepostOptions } from './create-gatepost.ts'
export type { SessionEndListener } from './session-end.ts'
export type { User } from './user.ts'

/** One for a page: it shares refreshes among its own callers, and with the other tabs of the origin. */
export function createGatepost(options: GatepostOptions = {}): Gatepost {
  return createGatepostIn(currentPage(), options)
}
