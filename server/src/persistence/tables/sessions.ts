/** Who is signed in. Part of the one schema in ../schema.ts. */
import type { RefreshTokenId, SessionId, TenantId, UserId } from '../../domain/ids.ts'

export interface SessionTable {
  id: SessionId
  tenant_id: TenantId
  user_id: UserId
  /** When the person last proved who they are (`auth_time`). */
  authenticated_at: number
  /** RFC 8176 values separated by blanks, e.g. `pwd` or `otp`; empty where the session is anonymous. */
  amr: string
  user_agent: string
  ip: string
  created_at: number
  last_used_at: number
  /** The session is dead at the earlier of the two; activity moves the first and never the second. */
  idle_expires_at: number
  expires_at: number
  ended_at: number | null
  ended_reason: string | null
}

export interface RefreshTokenTable {
  id: RefreshTokenId
  tenant_id: TenantId
  session_id: SessionId
  /** SHA-256 of the token, base64url. */
  secret_hash: string
  created_at: number
  /** The absolute end of the session: until then a spent token that comes back has something to end. */
  expires_at: number
  /** Set once, by the rotation that replaced this token. */
  rotated_at: number | null
  /** The successor token, sealed under a key derived from this token: the database alone reveals nothing. */
  successor_sealed: string | null
}
