/**
 * Owns: the hand-over of an authorization request to a client's own sign-in screen, and back: which requests wait there, and
 * the finish in the browser that they wait in. Does not own: the steps in between (services/flows), or what the client is then
 * given (services/grants). Decision 20.
 */
export { createHandOvers } from './hand-overs.ts'
export type { FinishedHandOver, HandOvers, WaitingRequest } from './hand-overs.ts'
export { screenUri } from './screen-uri.ts'
