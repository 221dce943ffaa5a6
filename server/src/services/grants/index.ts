/**
 * Owns: what people granted clients, and what is issued under it: codes, tokens, requests under way; who is signed in at
 * which client; what was agreed to. Does not own: the protocols in which clients ask (endpoints/oidc), or clients themselves.
 */
export { keptName, revokedName } from './jwt-names.ts'
export { createGrants } from './grants.ts'
export { giveConsent } from './give-consent.ts'
export { GRANT_TTL_SECONDS } from './lifetimes.ts'
export type { GrantChange, Grants, StoredArtifact } from './grant-types.ts'
export type { SignInRequest } from './sign-in-requests.ts'
export type { ConsentAnswer, ConsentRequest } from './consent-request-types.ts'
