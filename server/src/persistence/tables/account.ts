/** Who has an account, and what they told about themselves. Part of the one schema in ../schema.ts. */
import type { IdentityId, TenantId, UserId } from '../../domain/ids.ts'

export interface UserAccountTable {
  id: UserId
  tenant_id: TenantId
  /** What the person wants to be called; null until told. */
  display_name: string | null
  /** BCP 47 tag of the language the person last signed up or signed in from a new device in; null until known. */
  language: string | null
  disabled_at: number | null
  /** Counts the changes of what proves its owner; null before the first. */
  protection_version: number | null
  /** Since when the account has no identity; null once it has one. */
  anonymous_at: number | null
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

/** Which of several addresses is the primary one; without a row it is the oldest. */
export interface PrimaryEmailTable {
  user_id: UserId
  tenant_id: TenantId
  identity_id: IdentityId
}

export interface UserRoleTable {
  user_id: UserId
  role: string
  tenant_id: TenantId
  granted_at: number
}

/** One fact a person told about themself. What no setting names any more is kept. */
export interface ProfileAttributeTable {
  user_id: UserId
  name: string
  tenant_id: TenantId
  /** JSON text: a string, a number, a boolean or an address object. */
  value_json: string
  updated_at: number
}

/** Its key is what keeps a value to one account. */
export interface ProfileUniqueValueTable {
  tenant_id: TenantId
  name: string
  /** SHA-256 of the value in its one spelling, base64url. */
  value_hash: string
  user_id: UserId
}

export interface ProfilePictureTable {
  user_id: UserId
  /** Part of its address: random, and new with every picture. */
  id: string
  tenant_id: TenantId
  media_type: 'image/png' | 'image/jpeg' | 'image/webp'
  width: number
  height: number
  content_base64: string
  created_at: number
}

/** A deactivated account whose owner may still change their mind. */
export interface AccountDeletionTable {
  user_id: UserId
  tenant_id: TenantId
  requested_at: number
  /** When the owner is reminded by mail. */
  remind_at: number
  delete_at: number
  reminded_at: number | null
}
