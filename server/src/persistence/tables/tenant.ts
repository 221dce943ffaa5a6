/** What a tenant is and decided. Part of the one schema in ../schema.ts. */
import type { SigningKeyId, TenantId } from '../../domain/ids.ts'

export interface TenantTable {
  id: TenantId
  name: string
  created_at: number
}

export interface TenantSettingsTable {
  tenant_id: TenantId
  /** Counts up with every change; what a change was planned on must still be the newest. */
  version: number
  /** The text as it was applied, comments and all. */
  document: string
  applied_at: number
}

/** A file that lay beside the declared one; kept for the version in force and the one before. */
export interface TenantSettingsFileTable {
  tenant_id: TenantId
  version: number
  /** As the declared file names it. */
  path: string
  content_base64: string
}

/** A credential of somebody else's service that the settings name. */
export interface TenantSecretTable {
  tenant_id: TenantId
  name: string
  value_sealed: string
  set_at: number
}

export interface SigningKeyTable {
  /** Also the `kid`. */
  id: SigningKeyId
  tenant_id: TenantId
  algorithm: 'ES256' | 'RS256'
  /** JSON Web Key, public part, as JSON text. */
  public_jwk: string
  private_jwk_sealed: string
  created_at: number
  /** Signs from this instant on; published before it. */
  activates_at: number
  /** Stops signing at this instant; null while it is the newest. */
  retired_at: number | null
  /** Leaves the JWKS at this instant. */
  expires_at: number | null
}
