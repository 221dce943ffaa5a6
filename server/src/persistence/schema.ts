/**
 * The one schema, the same on SQLite, PostgreSQL and MariaDB / MySQL.
 *
 * Instants are integer milliseconds UTC, ids are UUIDv7 text, text keys are stored normalised and compared with a
 * binary collation, and there are no booleans: a fact that became true carries the instant (`disabled_at`), a mere flag is 0 or 1.
 * The account's table is `user_account` because `user` is a reserved word in PostgreSQL, where
 * `select * from user` silently answers another question.
 */
import type {
  UserAccountTable,
  IdentityTable,
  PrimaryEmailTable,
  UserRoleTable,
  ProfileAttributeTable,
  ProfileUniqueValueTable,
  ProfilePictureTable,
  AccountDeletionTable,
} from './tables/account.ts'
import type {
  AuthenticatorPasswordTable,
  FormerPasswordTable,
  RequiredPasswordChangeTable,
  AuthenticatorPasskeyTable,
  WebauthnUserHandleTable,
  PasskeyPromptTable,
  AuthenticatorTotpTable,
  RecoveryCodeTable,
  TrustedDeviceTable,
} from './tables/authenticators.ts'
import type {
  TenantTable,
  TenantSettingsTable,
  TenantSettingsFileTable,
  TenantSecretTable,
  SigningKeyTable,
} from './tables/tenant.ts'
import type {
  InvitationTable,
  FailedAttemptsTable,
  KnownDeviceResetTable,
  OneTimeCodeTable,
  SpentOnceTable,
} from './tables/sign-in.ts'
import type { SessionTable, RefreshTokenTable } from './tables/sessions.ts'
import type { OAuthArtifactTable, OAuthClientSessionTable, OAuthConsentTable, OAuthGrantTable } from './tables/grants.ts'
import type { EventTable, OutboxTable } from './tables/records.ts'
import type { OAuthClientSecretTable, OAuthClientTable, OAuthClientVersionTable, OAuthRegistrationTokenTable, OAuthResourceTable } from './tables/oauth.ts'

export type * from './tables/account.ts'
export type * from './tables/authenticators.ts'
export type * from './tables/tenant.ts'
export type * from './tables/sign-in.ts'
export type * from './tables/sessions.ts'
export type * from './tables/grants.ts'
export type * from './tables/records.ts'
export type * from './tables/oauth.ts'

export interface Schema {
  tenant: TenantTable
  user_account: UserAccountTable
  identity: IdentityTable
  authenticator_password: AuthenticatorPasswordTable
  former_password: FormerPasswordTable
  required_password_change: RequiredPasswordChangeTable
  authenticator_passkey: AuthenticatorPasskeyTable
  webauthn_user_handle: WebauthnUserHandleTable
  passkey_prompt: PasskeyPromptTable
  authenticator_totp: AuthenticatorTotpTable
  recovery_code: RecoveryCodeTable
  trusted_device: TrustedDeviceTable
  tenant_settings: TenantSettingsTable
  tenant_secret: TenantSecretTable
  invitation: InvitationTable
  failed_attempts: FailedAttemptsTable
  known_device_reset: KnownDeviceResetTable
  tenant_settings_file: TenantSettingsFileTable
  user_role: UserRoleTable
  session: SessionTable
  refresh_token: RefreshTokenTable
  one_time_code: OneTimeCodeTable
  spent_once: SpentOnceTable
  signing_key: SigningKeyTable
  outbox: OutboxTable
  event: EventTable
  profile_attribute: ProfileAttributeTable
  profile_unique_value: ProfileUniqueValueTable
  primary_email: PrimaryEmailTable
  profile_picture: ProfilePictureTable
  account_deletion: AccountDeletionTable
  oauth_client: OAuthClientTable
  oauth_resource: OAuthResourceTable
  oauth_client_secret: OAuthClientSecretTable
  oauth_client_version: OAuthClientVersionTable
  oauth_registration_token: OAuthRegistrationTokenTable
  oauth_grant: OAuthGrantTable
  oauth_artifact: OAuthArtifactTable
  oauth_client_session: OAuthClientSessionTable
  oauth_consent: OAuthConsentTable
}
