import type { MessageChannel } from '../domain/message.ts'
import type { AttributeDefinition } from '../domain/profile/attribute.ts'
import type { PasswordRules } from '../domain/password-rules.ts'
import { DEFAULT_PASSWORD_RULES } from '../domain/password-rules.ts'
import type { Definition } from './definitions/definition.ts'
import type { Authentication, EmailCodeForm, Identification, SecondaryAuthentication, SignupIdentification } from './state.ts'

/** The tenant's rules as the engine needs them. */
export interface Policy {
  readonly signup: {
    readonly isOpen: boolean
    /** Whom an open sign-up is for; anybody when absent. */
    readonly admission?: Admission
    /** What an account may begin with; an address alone when absent. */
    readonly identifications?: readonly SignupIdentification[]
    /**
     * `required`: the account is made only once the emailed code came back; `optional`: also when its owner puts that off.
     * Whatever it says, a number is always proven.
     */
    readonly verification: 'required' | 'optional' | 'off'
    /** Signing up and signing in are one page; they are not when absent. */
    readonly isWithLogin?: boolean
  }
  readonly login: {
    readonly identifications: readonly Identification[]
    /** In order of preference; the first is what the page asks for. */
    readonly authentications: readonly Authentication[]
    /** What is mailed to sign in, recover an account or give a second proof; digits when absent. */
    readonly emailCodeForm?: EmailCodeForm
  }
  readonly recovery: {
    /** Where the code goes that stands in for a forgotten password; who may choose is asked. */
    readonly destinations: readonly RecoveryDestination[]
  }
  readonly messaging: {
    /** How telephones are written to, in order of preference. */
    readonly channels: readonly MessageChannel[]
  }
  readonly secondFactor: {
    /** `optional`: asked of whoever set one up; `required`: whoever has none sets one up before being signed in. */
    readonly mode: 'off' | 'optional' | 'required'
    readonly authentications: readonly SecondaryAuthentication[]
    /** Which of them the flow at hand takes; all when absent. An account's other factors still count. */
    readonly offered?: readonly SecondaryAuthentication[]
    /** `required` only asks whoever has a factor until this instant (milliseconds UTC): time for everybody to set one up. */
    readonly graceUntil: number | null
    /** How long a browser may be spared the second factor at its owner's wish; 0 never. */
    readonly trustedDeviceDays: number
    /** Whether `optional` asks who has a passkey and signed in without it; `required` always does. */
    readonly passkeyCounts: boolean
  }
  readonly passkey: {
    /** `optional`: who has none is offered to create one at the end of a sign-up or sign-in. */
    readonly prompt: 'off' | 'optional'
    /** When "not now" is over; 0 never offers. */
    readonly promptAfterDays: number
  }
  readonly profile: {
    /** What everybody tells before their account is made, in this order. */
    readonly requiredAtSignup: readonly AttributeDefinition[]
  }
  readonly password: PasswordRules
  readonly session: {
    readonly idleDays: number
    readonly absoluteDays: number
    /** Live sessions of one person; 0 is no limit. */
    readonly maximumPerUser: number
    /** What a sign-in beyond that does: ends the oldest, asks first, or is refused. */
    readonly whenFull: 'end_oldest' | 'ask' | 'refuse'
  }
  /** Flows declared beside the generated ones. */
  readonly flows?: readonly Definition[]
}

/** Whoever was invited; or whose address is listed, whole (`person@example.org`) or by its domain (`@example.com`), normalised. */
export type Admission = { readonly by: 'invitation' } | { readonly by: 'allow_list'; readonly allowed: readonly string[] }
export type RecoveryDestination = 'email' | 'phone'

/** Long enough not to nag; by then the person may have another device. */
const PASSKEY_PROMPT_AFTER_DAYS = 90

export const DEFAULT_POLICY: Policy = {
  signup: { isOpen: true, verification: 'required' },
  login: { identifications: ['email', 'username', 'passkey'], authentications: ['primary_password', 'primary_oob_otp_email', 'primary_passkey'] },
  recovery: { destinations: ['email'] },
  messaging: { channels: ['whatsapp', 'sms'] },
  profile: { requiredAtSignup: [] },
  password: DEFAULT_PASSWORD_RULES,
  session: { idleDays: 14, absoluteDays: 60, maximumPerUser: 0, whenFull: 'end_oldest' },
  secondFactor: { mode: 'optional', authentications: ['secondary_totp', 'recovery_code', 'secondary_passkey'], graceUntil: null, trustedDeviceDays: 30, passkeyCounts: false },
  passkey: { prompt: 'optional', promptAfterDays: PASSKEY_PROMPT_AFTER_DAYS },
}

/** Whether who has no second factor has to set one up at `at`, an instant in milliseconds UTC. */
export function isSecondFactorRequired({ secondFactor: { mode, graceUntil } }: Policy, at: number): boolean {
  return mode === 'required' && (graceUntil === null || at >= graceUntil)
}

/** Whether an emailed code is a second factor of an account whose address was verified at that instant, or never (null). */
export function isMailboxCounted({ secondFactor: { mode, authentications } }: Policy, emailVerifiedAt: number | null): boolean {
  return mode !== 'off' && authentications.includes('secondary_oob_otp_email') && emailVerifiedAt !== null
}

/** Whether a code to a verified telephone is a second factor. */
export function isPhoneCounted({ secondFactor: { mode, authentications } }: Policy): boolean {
  return mode !== 'off' && authentications.includes('secondary_oob_otp_sms')
}

/** Whether a passkey is a second factor that is asked for, not only one that is taken. */
export function isPasskeyCounted(policy: Policy, at: number): boolean {
  const { mode, authentications, passkeyCounts } = policy.secondFactor
  return mode !== 'off' && authentications.includes('secondary_passkey') && (passkeyCounts || isSecondFactorRequired(policy, at))
}
