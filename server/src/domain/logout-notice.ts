import type { OAuthClientId, UserId } from './ids.ts'

/** That a session ended, for one client that it signed in to. The token is made where it is delivered. */
export interface LogoutNotice {
  readonly clientId: OAuthClientId
  readonly userId: UserId
  /** As this client knows the session. */
  readonly sid: string
}
