/**
 * The one schema, the same on SQLite, PostgreSQL and MariaDB / MySQL.
 *
 * Instants are integer milliseconds UTC, ids are UUIDv7 text, text keys are stored normalised and compared with a
 * binary collation, and there are no booleans: a fact that became true carries the instant (`disabled_at`), a mere flag is 0 or 1.
 * The account's table is `user_account` because `user` is a reserved word in PostgreSQL, where
 * `select * from user` silently answers another question.
 */
import type {
  ChallengeId,
  EventId,
  FlowId,
  IdentityId,
  OutboxId,
  PasskeyId,
  RefreshTokenId,
  SessionId,
  SigningKeyId,
  TenantId,
  TotpId,
  TrustedDeviceId,
  UserId,
} from '../domain/ids.ts'
import type { FormerPasswordTable, RequiredPasswordChangeTable } from './password-tables.ts'

export interface Schema {
  tenant: TenantTable
  user_account: UserAccountTable
  identity: IdentityTable
  authenticator_password: AuthenticatorPasswordTable
  former_password: FormerPasswordTable
  required_password_change: RequiredPasswordChangeTable
  authenticator_passkey: AuthenticatorPasskeyTable
  webauthn_user_handle: WebauthnUserHandleTable
  authenticator_totp: AuthenticatorTotpTable
  recovery_code: RecoveryCodeTable
  trusted_device: TrustedDeviceTable
  tenant_settings: TenantSettingsTable
  tenant_secret: TenantSecretTable
  user_role: UserRoleTable
  session: SessionTable
  refresh_token: RefreshTokenTable
  one_time_code: OneTimeCodeTable
  spent_once: SpentOnceTable
  signing_key: SigningKeyTable
  outbox: OutboxTable
  event: EventTable
}

export interface TenantTable {
  id: TenantId
  name: string
  created_at: number
}

export interface UserAccountTable {
  id: UserId
  tenant_id: TenantId
  /** What the person wants to be called; null until told. */
  display_name: string | null
  /** BCP 47 tag of the language the person last signed up or signed in from a new device in; null until known. */
  language: string | null
  disabled_at: number | null
  created_at: number
  updated_at: number
}

/** How a user is recognised. `key_normalised` is unique per tenant and kind; `display` is what was typed. */
export interface IdentityTable {
  id: IdentityId
  tenant_id: TenantId
  user_id: UserId
  kind: 'email' | 'username' | 'phone'
  key_normalised: string
  display: string
  verified_at: number | null
  created_at: number
}

export interface AuthenticatorPasswordTable {
  user_id: UserId
  tenant_id: TenantId
  /** PHC string, see platform/password-hash.ts; or what another system wrote, see platform/foreign-hash. */
  hash: string
  created_at: number
  updated_at: number
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

export interface TenantSettingsTable {
  tenant_id: TenantId
  /** Counts up with every change; what a change was planned on must still be the newest. */
  version: number
  /** The text as it was applied, comments and all. */
  document: string
  applied_at: number
}

/** A credential of somebody else's service that the settings name. */
export interface TenantSecretTable {
  tenant_id: TenantId
  name: string
  value_sealed: string
  set_at: number
}

export interface UserRoleTable {
  user_id: UserId
  role: string
  tenant_id: TenantId
  granted_at: number
}

export interface SessionTable {
  id: SessionId
  tenant_id: TenantId
  user_id: UserId
  /** When the person last proved who they are (`auth_time`). */
  authenticated_at: number
  /** RFC 8176 values separated by blanks, e.g. `pwd` or `otp`. */
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

export interface OneTimeCodeTable {
  id: ChallengeId
  tenant_id: TenantId
  purpose: 'signup' | 'login' | 'account_recovery' | 'reauth' | 'email_change'
  /** Null when there is no account, or none yet. */
  user_id: UserId | null
  /** 1 for a row that behaves like any other and whose code was never made, so that a stranger learns nothing. */
  is_decoy: 0 | 1
  /** Set when only this session may use the code. */
  session_id: SessionId | null
  flow_id: FlowId | null
  /** Normalised address the code was sent to. */
  destination: string
  /** Keyed hash of the code, base64url; replaced by a resend. */
  code_hash: string
  /** Sealed flow state (or sealed pending change) that the right code continues. */
  continuation_sealed: string
  attempts: number
  sends: number
  last_sent_at: number
  code_expires_at: number
  expires_at: number
  consumed_at: number | null
  created_at: number
}

/** What may happen once only and has no row of its own: a flow's finish, the first-admin link. */
export interface SpentOnceTable {
  purpose: string
  key: string
  tenant_id: TenantId
  spent_at: number
  expires_at: number
}

export interface SigningKeyTable {
  /** Also the `kid`. */
  id: SigningKeyId
  tenant_id: TenantId
  algorithm: 'ES256'
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

export interface OutboxTable {
  id: OutboxId
  tenant_id: TenantId
  kind: 'mail' | 'message'
  /** Sealed JSON: it may hold a code. Emptied once delivered, except in development. */
  payload_sealed: string
  /** `expired`: a code whose time was over before it went out; nothing is left of it. */
  state: 'pending' | 'delivered' | 'dead' | 'expired'
  attempts: number
  next_attempt_at: number
  /** A worker owns the row until then; a crashed worker's row is free again afterwards. */
  claimed_until: number | null
  last_error: string | null
  created_at: number
  settled_at: number | null
}

/** Append-only: becomes the audit log. `type` is a name of contracts/events.json. */
export interface EventTable {
  id: EventId
  tenant_id: TenantId
  type: string
  /** Who did it; null when nobody was signed in. */
  actor_user_id: UserId | null
  /** Whom it happened to. */
  user_id: UserId | null
  session_id: SessionId | null
  ip: string | null
  user_agent: string | null
  /** JSON object of further facts, never a secret. */
  data: string
  occurred_at: number
}
