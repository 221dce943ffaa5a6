/** Who signed in, as the ID Token and UserInfo said. Instants are milliseconds since the epoch. */
export interface SignedIn {
  readonly subject: string
  /** The session at Gatepost; ending it there ends this one where back-channel logout is set up. */
  readonly sessionId: string | undefined
  /** When the person last proved who they are. */
  readonly authenticatedAt: number | undefined
  readonly acr: string | undefined
  readonly signedInAt: number
  readonly expiresAt: number
  /** What the scopes gave: `email`, `email_verified`, `name` ... */
  readonly claims: Readonly<Record<string, unknown>>
  /** Goes back to Gatepost with the sign-out. */
  readonly idToken: string
}

export interface SignInTokens {
  readonly accessToken: string
  readonly refreshToken: string | undefined
  /** Of the access token. */
  readonly expiresAt: number | undefined
}
