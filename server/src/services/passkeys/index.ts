/**
 * Owns: passkeys: registering, naming, removing, and whether an assertion is right. Does not own: what a right assertion
 * leads to (services/flows), the wire format and its checks (protocols/webauthn). Source: WebAuthn Level 3 section 7.
 */
export { hasRelyingPartyId } from './relying-party.ts'
export { createPasskeys } from './passkeys.ts'
export type { AssertionGiven, PasskeyFailure, PasskeyRecord, Passkeys, StartedCeremony } from './passkey-types.ts'
