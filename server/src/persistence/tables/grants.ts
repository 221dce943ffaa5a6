/** What clients were given: grants, what is redeemed for tokens, and who is signed in where. Part of the one schema in ../schema.ts. */
import type { GrantId, OAuthClientId, SessionId, TenantId, UserId } from '../../domain/ids.ts'
import type { ArtifactKind } from '../../domain/artifact-kind.ts'

/** What a person, in one session, granted one client. Everything issued under it goes with it. */
export interface OAuthGrantTable {
  id: GrantId
  tenant_id: TenantId
  client_id: OAuthClientId
  user_id: UserId
  session_id: SessionId | null
  /** JSON: scopes and claims, by resource. */
  payload: string
  created_at: number
  expires_at: number
}

/** A code, token or request under way, found by what its holder presents. */
export interface OAuthArtifactTable {
  /** SHA-256 of kind and value, base64url: the database alone is worth nothing at the token endpoint, nor is a value of one kind for another. */
  key: string
  tenant_id: TenantId
  kind: ArtifactKind
  grant_id: GrantId | null
  client_id: OAuthClientId | null
  /** It ends when this session is ended, ... */
  session_id: SessionId | null
  /** ... and, where this is 0, also when the session runs out by itself. */
  outlives_session: number
  /** SHA-256 of the code that a person types to approve a device. */
  user_code_hash: string | null
  /** JSON without the value itself. */
  payload: string
  created_at: number
  expires_at: number
  consumed_at: number | null
}

/** A session at a client that it signed in to. */
export interface OAuthClientSessionTable {
  session_id: SessionId
  client_id: OAuthClientId
  tenant_id: TenantId
  /** `sid` of the tokens (OpenID Connect Back-Channel Logout 1.0 section 2.1): another for every client. */
  sid: string
  grant_id: GrantId | null
  created_at: number
}

/** What a person agreed to, whatever session they were in. */
export interface OAuthConsentTable {
  user_id: UserId
  client_id: OAuthClientId
  tenant_id: TenantId
  /** Separated by spaces. */
  scope: string
  created_at: number
  updated_at: number
}
