/** Who is signed in, as the server says; instants in milliseconds since the epoch. */
export interface User {
  readonly id: string
  /** Whether the account has no identity: the flow `promote` gives it one, and keeps its id. */
  readonly isAnonymous: boolean
  /** Null for an account without an address, such as one that began with a telephone number. */
  readonly email: string | null
  readonly emailVerified: boolean
  readonly username: string | null
  readonly displayName: string | null
  readonly roles: readonly string[]
  readonly createdAt: number
  readonly sessionId: string
  /** When the person last proved who they are. */
  readonly authenticatedAt: number
}

/** `GET {base}/api/v1/user`. */
export interface WireUser {
  readonly id: string
  readonly is_anonymous: boolean
  readonly email: string | null
  readonly email_verified: boolean
  readonly username: string | null
  readonly display_name: string | null
  readonly roles: readonly string[]
  readonly created_at: string
  readonly session_id: string
  readonly authenticated_at: string
}

export function toUser(wire: WireUser): User {
  return {
    id: wire.id,
    isAnonymous: wire.is_anonymous,
    email: wire.email,
    emailVerified: wire.email_verified,
    username: wire.username,
    displayName: wire.display_name,
    roles: wire.roles,
    createdAt: Date.parse(wire.created_at),
    sessionId: wire.session_id,
    authenticatedAt: Date.parse(wire.authenticated_at),
  }
}
