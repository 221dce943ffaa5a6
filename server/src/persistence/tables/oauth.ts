/** The clients of the OpenID provider. Part of the one schema in ../schema.ts. */
import type { ClientSecretId, OAuthClientId, RegistrationTokenId, ResourceIdentifier, TenantId } from '../../domain/ids.ts'
import type { OAuthClientType } from '../../domain/oauth-client.ts'

export interface OAuthClientTable {
  tenant_id: TenantId
  client_id: OAuthClientId
  name: string
  type: OAuthClientType
  /** JSON object of the client metadata that was declared; what is left out has its default. */
  metadata: string
  created_at: number
  updated_at: number
  /** When it registered itself (RFC 7591); null where an operator made it. */
  registered_at: number | null
  /** SHA-256 of the registration access token (RFC 7592), of who registered itself. */
  registration_token_hash: string | null
  /** The software statement (RFC 7591 section 2.3) that it registered with, if it did. */
  software_statement: string | null
  /** When a client that registered itself was last given tokens, to the day. */
  last_used_at: number | null
}

/** Two at most are live, so that the next one is in place before the last one ends. */
export interface OAuthClientSecretTable {
  id: ClientSecretId
  tenant_id: TenantId
  client_id: OAuthClientId
  /** SHA-256 of 256 random bits, base64url. */
  secret_hash: string
  created_at: number
  /** Null while it is the newest. */
  expires_at: number | null
}

/** What access tokens are for (RFC 8707). */
export interface OAuthResourceTable {
  tenant_id: TenantId
  identifier: ResourceIdentifier
  name: string
  /** JSON object: its scopes, and what else was declared. */
  declared: string
  created_at: number
  updated_at: number
}

/** Counts up with every change of any client or resource of the tenant: what an instance remembers of them is good for one version. */
export interface OAuthClientVersionTable {
  tenant_id: TenantId
  version: number
}

/** An initial access token (RFC 7591 section 3): whoever has it may register so many clients. */
export interface OAuthRegistrationTokenTable {
  id: RegistrationTokenId
  tenant_id: TenantId
  /** SHA-256 of 256 random bits, base64url. */
  token_hash: string
  created_at: number
  expires_at: number
  /** How often it may be used, ... */
  uses: number
  /** ... and was. */
  used: number
  revoked_at: number | null
}
