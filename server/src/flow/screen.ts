import type { AttributeDefinition, AttributeFault, AttributeValue } from '../domain/profile/attribute.ts'
import type { PasswordProblem, PasswordRulesShown } from '../domain/password-rules.ts'
import type { RecoveryDestination } from './policy.ts'
import type { Authentication, CodeChannel, EmailCodeForm, EndingSession, FlowType, OfferedIdentification, OutOfBandAuthentication, PasswordChange, SecondaryAuthentication } from './state.ts'

/**
 * What is asked of the person now. A closed union with two renderings, HTML and JSON, each an exhaustive switch: a new
 * screen does not compile until both render it.
 */
export type Screen =
  | {
      readonly screen: 'identify'
      readonly flow: FlowType
      readonly identifications: readonly OfferedIdentification[]
      /** What can be sent along with the identifier in the same form. */
      readonly authentications: readonly Authentication[]
      readonly asksNewPassword: boolean
      readonly passwordRules: PasswordRulesShown
      readonly failure: ScreenFailure | null
    }
  | {
      readonly screen: 'authenticate'
      readonly flow: FlowType
      readonly displayIdentifier: string
      readonly authentications: readonly Authentication[]
      readonly failure: ScreenFailure | null
    }
  | {
      readonly screen: 'enter_one_time_code'
      readonly flow: FlowType
      /** Which proof the code is; null where it proves an address or stands in for a password. */
      readonly authentication: OutOfBandAuthentication | null
      readonly channel: CodeChannel
      readonly form: EmailCodeForm
      /** By what else it could be sent. */
      readonly otherChannels: readonly CodeChannel[]
      readonly maskedDestination: string
      /** What could be chosen instead of a code as second factor. */
      readonly alternatives: readonly SecondaryAuthentication[]
      /** The code may be left for later. */
      readonly isOptional: boolean
      /** For how many days the browser may be remembered; 0 when it may not. */
      readonly trustDays: number
      readonly failure: ScreenFailure | null
    }
  /** By which channel a code goes that has more than one. */
  | {
      readonly screen: 'select_channel'
      readonly flow: FlowType
      /** Which proof the code is; null where it proves a number or stands in for a password. */
      readonly authentication: OutOfBandAuthentication | null
      readonly channels: readonly CodeChannel[]
      /** The telephone's; empty where even that would tell too much. */
      readonly maskedDestination: string
      readonly failure: ScreenFailure | null
    }
  /** Where the recovery code goes: by what was typed and by policy, whoever it is. */
  | {
      readonly screen: 'select_destination'
      readonly flow: FlowType
      /** `masked` is empty where it is not what was typed. */
      readonly destinations: readonly { readonly destination: RecoveryDestination; readonly masked: string }[]
      /** What a telephone can be written to by. */
      readonly channels: readonly CodeChannel[]
      readonly failure: ScreenFailure | null
    }
  | {
      readonly screen: 'authenticate_second_factor'
      readonly flow: FlowType
      readonly authentications: readonly SecondaryAuthentication[]
      /** For how many days the browser may be remembered; 0 when it may not. */
      readonly trustDays: number
      readonly failure: ScreenFailure | null
    }
  | {
      readonly screen: 'set_up_totp'
      readonly flow: FlowType
      /** Base32, to be taken into an authenticator app. */
      readonly key: string
      readonly displayIdentifier: string
      readonly failure: ScreenFailure | null
    }
  /** Made for the second factor that was just set up; nobody can read them again. */
  | {
      readonly screen: 'view_recovery_code'
      readonly flow: FlowType
      readonly recoveryCodes: readonly string[]
      readonly failure: ScreenFailure | null
    }
  | {
      readonly screen: 'terminate_other_sessions'
      readonly flow: FlowType
      /** How many devices will be signed out. */
      readonly count: number
      /** The first few of them. */
      readonly sessions: readonly EndingSession[]
      readonly failure: ScreenFailure | null
    }
  | {
      readonly screen: 'new_password'
      readonly flow: FlowType
      readonly displayIdentifier: string
      readonly passwordRules: PasswordRulesShown
      readonly failure: ScreenFailure | null
    }
  | {
      readonly screen: 'change_password'
      readonly flow: FlowType
      readonly reason: PasswordChange
      readonly displayIdentifier: string
      readonly passwordRules: PasswordRulesShown
      readonly failure: ScreenFailure | null
    }
  | {
      readonly screen: 'prompt_create_passkey'
      readonly flow: FlowType
      readonly displayIdentifier: string
      readonly failure: ScreenFailure | null
    }
  | {
      readonly screen: 'fill_in_user_profile'
      readonly flow: FlowType
      readonly displayIdentifier: string
      readonly attributes: readonly AttributeDefinition[]
      /** What was told already, by name: some of it could not be kept. */
      readonly values: Readonly<Record<string, AttributeValue>>
      readonly failure: ScreenFailure | null
    }
  /** The account waits for its deletion; whoever goes on keeps it. */
  | {
      readonly screen: 'account_deletion_scheduled'
      readonly flow: FlowType
      /** Milliseconds UTC. */
      readonly deleteAt: number
      readonly failure: ScreenFailure | null
    }

export type ScreenFailure =
  | { readonly code: 'invalid_credentials' }
  | { readonly code: 'passkey_refused' }
  | { readonly code: 'invalid_identifier' }
  /** Policy lists who may sign up, and this address is not among them. */
  | { readonly code: 'address_not_allowed' }
  /** Accepted, taken back, too old, or none. */
  | { readonly code: 'invalid_invitation' }
  /** Told to who was invited alone. */
  | { readonly code: 'invited_has_account' }
  | { readonly code: 'wrong_code' }
  | { readonly code: 'code_exhausted' }
  | { readonly code: 'resend_too_soon' }
  | { readonly code: 'unacceptable_profile'; readonly faults: readonly AttributeFault[] }
  | { readonly code: 'unacceptable_password'; readonly problems: readonly PasswordProblem[]; readonly minimumLength: number }
