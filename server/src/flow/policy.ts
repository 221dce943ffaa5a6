import type { PasswordRules } from '../domain/password-rules.ts'
import { DEFAULT_PASSWORD_RULES } from '../domain/password-rules.ts'
import type { Authentication, Identification, SecondaryAuthentication } from './state.ts'

/** The tenant's rules as the engine needs them. */
export interface Policy {
  readonly signup: {
    readonly isOpen: boolean
    /** `required`: the account is made only once the emailed code came back. */
    readonly verification: 'required' | 'off'
  }
  readonly login: {
    readonly identifications: readonly Identification[]
    /** In order of preference; the first is what the page asks for. */
    readonly authentications: readonly Authentication[]
  }
  readonly secondFactor: {
    /** `optional`: asked of whoever set one up; `required`: whoever has none sets one up before being signed in. */
    readonly mode: 'off' | 'optional' | 'required'
    readonly authentications: readonly SecondaryAuthentication[]
    /** `required` only asks whoever has a factor until this instant (milliseconds UTC): time for everybody to set one up. */
    readonly graceUntil: number | null
    /** How long a browser may be spared the second factor at its owner's wish; 0 never. */
    readonly trustedDeviceDays: number
  }
  readonly password: PasswordRules
}

export const DEFAULT_POLICY: Policy = {
  signup: { isOpen: true, verification: 'required' },
  login: { identifications: ['email', 'username', 'passkey'], authentications: ['primary_password', 'primary_oob_otp_email', 'primary_passkey'] },
  secondFactor: { mode: 'optional', authentications: ['secondary_totp', 'recovery_code'], graceUntil: null, trustedDeviceDays: 30 },
  password: DEFAULT_PASSWORD_RULES,
}
