/**
 * Owns: what clients are told of a session's end: logout tokens (OpenID Connect Back-Channel Logout 1.0) and the frames of a
 * sign-out page (Front-Channel Logout 1.0). Does not own: ending (services/sessions), or trying again (services/outbox).
 */
export { createFrontchannel } from './frontchannel.ts'
export type { Frontchannel } from './frontchannel.ts'
export { createLogoutTokens } from './logout-tokens.ts'
export type { LogoutTokens } from './logout-tokens.ts'
export { subjectFor } from './subject-for.ts'
