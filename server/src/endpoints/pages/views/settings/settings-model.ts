import type { PasswordRulesShown } from '../../../../domain/password-rules.ts'
import type { ProfileEntry } from '../../../../services/profiles/index.ts'
import type { Banner } from '../frame.ts'

/** The fields of the settings that can hold an error. */
export type SettingsField = 'display_name' | 'username' | 'current_password' | 'new_password' | 'new_email' | 'new_phone'

export interface SettingsSession {
  readonly id: string
  readonly isCurrent: boolean
  /** Readable, from `deviceText`. */
  readonly device: string
  readonly userAgent: string
  readonly ip: string
  /** Instants, milliseconds UTC. */
  readonly createdAt: number
  readonly lastUsedAt: number
}

/** Instants are milliseconds UTC. */
export interface SettingsSecondFactors {
  /** Whether further ones may be set up. */
  readonly isOffered: boolean
  readonly totps: readonly { readonly id: string; readonly name: string; readonly createdAt: number; readonly lastUsedAt: number | null }[]
  readonly recoveryCodesLeft: number
  readonly trustedDevices: readonly {
    readonly id: string
    /** Readable, from `deviceText`. */
    readonly device: string
    readonly userAgent: string
    readonly ip: string
    readonly lastUsedAt: number
    readonly expiresAt: number
  }[]
}

export interface SettingsPasskey {
  readonly id: string
  readonly name: string
  readonly isSynced: boolean
  /** Instants, milliseconds UTC. */
  readonly createdAt: number
  readonly lastUsedAt: number | null
}

/** Instants are milliseconds UTC. */
export interface SettingsApplication {
  readonly clientId: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly since: number
  readonly lastUsedAt: number | null
  /** Where a sign-in at it begins. */
  readonly signInUri: string | null
}

export interface SettingsEmail {
  readonly id: string
  readonly email: string
  readonly isVerified: boolean
  readonly isPrimary: boolean
}

export interface SettingsModel {
  readonly user: {
    readonly email: string | null
    readonly emailVerified: boolean
    readonly username: string
    readonly displayName: string | null
    readonly createdAt: number
    readonly roles: readonly string[]
  }
  readonly passwordRules: PasswordRulesShown
  /** A first one needs no current one; none where there is none and none signs in. */
  readonly passwordForm: 'change' | 'create' | 'none'
  /** The primary one first. */
  readonly emails: readonly SettingsEmail[]
  readonly phones: { readonly list: readonly { readonly id: string; readonly phone: string }[]; /** Whether another one can be written to. */ readonly isOffered: boolean }
  /** What the person may see of what they told. */
  readonly details: readonly ProfileEntry[]
  readonly pictureUrl: string | null
  readonly isDeletionOffered: boolean
  readonly secondFactors: SettingsSecondFactors
  readonly sessions: readonly SettingsSession[]
  /** Those that have access to the account. */
  readonly applications: readonly SettingsApplication[]
  /** None where browsers have no passkeys for this server. */
  readonly passkeys: { readonly suggestedName: string; readonly list: readonly SettingsPasskey[] } | undefined
  readonly banner?: Banner
  readonly errors?: Readonly<Partial<Record<SettingsField, string>>>
  /** What was typed, by field name, kept after an error; passwords are never written back. */
  readonly values?: Readonly<Record<string, string>>
}
