/** How people prove who they are. Part of the one schema in ../schema.ts. */
import type { FormerPasswordId, PasskeyId, TenantId, TotpId, TrustedDeviceId, UserId } from '../../domain/ids.ts'

export interface AuthenticatorPasswordTable {
  user_id: UserId
  tenant_id: TenantId
  /** PHC string, see platform/password-hash.ts; or what another system wrote, see platform/foreign-hash. */
  hash: string
  created_at: number
  updated_at: number
}

/** A hash that was replaced; kept only where policy wants new passwords to differ from former ones. */
export interface FormerPasswordTable {
  id: FormerPasswordId
  tenant_id: TenantId
  user_id: UserId
  hash: string
  replaced_at: number
}

/** The operator wants a new password at the next sign-in by password; gone with any new one. */
export interface RequiredPasswordChangeTable {
  user_id: UserId
  tenant_id: TenantId
  required_at: number
}

/** A public key credential of WebAuthn Level 3. */
export interface AuthenticatorPasskeyTable {
  id: PasskeyId
  tenant_id: TenantId
  user_id: UserId
  /** Base64url, up to 1,364 characters. */
  credential_id: string
  /** SHA-256 of `credential_id`, unique: the id itself is too long for an index. */
  credential_id_hash: string
  /** COSE_Key, base64url. */
  public_key: string
  sign_count: number
  /** AuthenticatorTransport values separated by blanks. */
  transports: string
  aaguid: string
  /** Never changes for a credential (section 6.1.3). */
  is_backup_eligible: 0 | 1
  is_backed_up: 0 | 1
  name: string
  created_at: number
  last_used_at: number | null
}

/** What authenticators know an account by: random, so that it tells nothing (section 14.6.1), made with the first passkey. */
export interface WebauthnUserHandleTable {
  user_id: UserId
  tenant_id: TenantId
  /** 32 bytes, base64url. */
  handle: string
}

/** When somebody last said "not now" to creating a passkey. */
export interface PasskeyPromptTable {
  user_id: UserId
  tenant_id: TenantId
  skipped_at: number
}

export interface AuthenticatorTotpTable {
  id: TotpId
  tenant_id: TenantId
  user_id: UserId
  /** The shared key (RFC 6238), base32, sealed. */
  key_sealed: string
  /** What the person calls it. */
  name: string
  /** The newest time step whose code was accepted: neither it nor an earlier one is taken again. */
  last_step: number
  created_at: number
  last_used_at: number | null
}

export interface RecoveryCodeTable {
  user_id: UserId
  /** Keyed hash of the code, base64url. */
  code_hash: string
  tenant_id: TenantId
  used_at: number | null
  created_at: number
}

/** A browser whose owner asked to be spared the second factor there. */
export interface TrustedDeviceTable {
  id: TrustedDeviceId
  tenant_id: TenantId
  user_id: UserId
  /** SHA-256 of the secret in the browser's cookie, base64url. */
  secret_hash: string
  user_agent: string
  ip: string
  created_at: number
  last_used_at: number
  expires_at: number
}
