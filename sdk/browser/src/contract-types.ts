/* eslint gatepost/max-lines: off -- generated: it is as long as the document is */
/**
 * The API as contracts/openapi.json says it. `npm run contracts` writes this file; what is changed by hand is lost.
 * Names on the wire stay as they are.
 */

export type AskedAttribute = {
  readonly name: string
  readonly label: string | null
  readonly type: string
  readonly required: true
  readonly minimum: number | null
  readonly maximum: number | null
  readonly values: readonly string[]
}

export type AuthenticationFlow = {
  /** Immutable: each input gives a new one, and an earlier one goes back. Absent once the flow is finished. */
  readonly state_token?: string
  readonly type: 'signup' | 'login' | 'signup_login' | 'promote' | 'reauth' | 'account_recovery'
  readonly name: string
  readonly action: AuthenticationFlowAction
}

export type AuthenticationFlowAction = {
  readonly type:
    | 'identify'
    | 'authenticate'
    | 'view_recovery_code'
    | 'create_authenticator'
    | 'verify'
    | 'select_destination'
    | 'fill_in_user_profile'
    | 'verify_account_recovery_code'
    | 'reset_password'
    | 'check_account_status'
    | 'change_password'
    | 'prompt_create_passkey'
    | 'terminate_other_sessions'
    | 'finished'
  readonly authentication?:
    | 'primary_password'
    | 'primary_oob_otp_email'
    | 'primary_oob_otp_sms'
    | 'primary_passkey'
    | 'secondary_totp'
    | 'secondary_oob_otp_email'
    | 'secondary_oob_otp_sms'
    | 'secondary_passkey'
    | 'recovery_code'
  readonly data:
    | {
      readonly type: 'identification_data'
      readonly options: readonly { readonly identification: 'email' | 'username' | 'phone' | 'passkey' | 'invitation' }[]
    }
    | {
      readonly type: 'authentication_data'
      readonly options: readonly {
        readonly authentication:
          | 'primary_password'
          | 'primary_oob_otp_email'
          | 'primary_oob_otp_sms'
          | 'primary_passkey'
          | 'secondary_totp'
          | 'secondary_oob_otp_email'
          | 'secondary_oob_otp_sms'
          | 'secondary_passkey'
          | 'recovery_code'
        readonly otp_form?: 'code' | 'link'
        readonly channels?: readonly ('email' | 'sms' | 'whatsapp')[]
        /** For a passkey that is the second factor: what to ask the authenticator for. */
        readonly request_options?: PasskeyRequest
      }[]
      readonly device_token_enabled: boolean
    }
    | {
      readonly type: 'verify_oob_otp_data' | 'account_recovery_verify_code_data'
      readonly channel: 'email' | 'sms' | 'whatsapp'
      /** What `resend` may name as its channel; more than one is a choice. */
      readonly channels: readonly ('email' | 'sms' | 'whatsapp')[]
      /** `link`: the mail has a link and no code to type. */
      readonly otp_form: 'code' | 'link'
      /** Empty where even a masked address would tell too much. */
      readonly masked_claim_value: string
      readonly code_length: number
      /** The mail has a link: `check` goes on once it was approved in another browser, and gives the same state before. */
      readonly can_check: boolean
      /** With `can_check`: server-sent events; `refresh` says that `check` will go on. */
      readonly events_url?: string
      /** Whether `{skip: true}` leaves the code for later. */
      readonly can_skip: boolean
      /** Before that a resend is refused. */
      readonly can_resend_at: string
    }
    | {
      readonly type: 'select_oob_otp_channels_data'
      /** What `channel` may name. `email` where the code could go there in the place of a message. */
      readonly channels: readonly ('email' | 'sms' | 'whatsapp')[]
      /** The telephone; empty where even a masked number would tell too much. */
      readonly masked_claim_value: string
    }
    | {
      readonly type: 'select_destination_data'
      readonly options: readonly {
        readonly destination: 'email' | 'phone'
        /** Empty where it is not what was typed: the same options for everybody. */
        readonly masked_display_name: string
        readonly channels: readonly ('email' | 'sms' | 'whatsapp')[]
        readonly otp_form: 'code' | 'link'
      }[]
    }
    | {
      readonly type: 'create_authenticator_data'
      readonly options: readonly {
        readonly authentication: 'primary_password'
        readonly password_policy: {
          readonly minimum_length: number
          readonly maximum_length: number
          /** Whether stolen passwords are refused. */
          readonly breached_check: boolean
          /** From how many of the last passwords it must differ, the present one included. */
          readonly history: number
        }
      }[]
    }
    | {
      readonly type: 'new_password_data'
      readonly password_policy: {
        readonly minimum_length: number
        readonly maximum_length: number
        /** Whether stolen passwords are refused. */
        readonly breached_check: boolean
        /** From how many of the last passwords it must differ, the present one included. */
        readonly history: number
      }
    }
    | { readonly type: 'create_totp_data'; readonly secret: string; readonly otpauth_uri: string }
    | {
      readonly type: 'view_recovery_code_data'
      /** Become the account's with the finish, and cannot be read again after it. */
      readonly recovery_codes: readonly string[]
    }
    | {
      /** How many sessions will end. */
      readonly count: number
      /** The first few of them, oldest sign-in first. */
      readonly sessions: readonly { readonly user_agent: string; readonly ip: string; readonly last_used_at: string }[]
      readonly type: 'terminate_other_sessions_data'
    }
    | { readonly type: 'create_passkey_data'; readonly creation_options: PasskeyCreation }
    | {
      readonly type: 'account_status_data'
      /** The account waits for its deletion; `cancel_account_deletion` keeps it. */
      readonly delete_at: string
    }
    | { readonly type: 'fill_in_user_profile_data'; readonly attributes: readonly AskedAttribute[] }
    | {
      readonly type: 'finished_data'
      readonly finish_redirect_uri: string
      readonly recovery_codes?: readonly string[]
    }
}

export type AuthenticationFlowInput =
  | { readonly identification: 'email'; readonly login_id: string }
  | { readonly identification: 'username'; readonly login_id: string }
  | { readonly identification: 'phone'; readonly login_id: string }
  | { readonly invitation: string }
  | {
    readonly identification: 'passkey'
    readonly assertion_response: { readonly ceremony: string; readonly credential: Readonly<Record<string, unknown>> }
  }
  | { readonly authentication: 'primary_password'; readonly password: string }
  | { readonly authentication: 'primary_password'; readonly new_password: string }
  | { readonly authentication: 'primary_oob_otp_email' | 'secondary_oob_otp_email' }
  | {
    readonly authentication: 'primary_oob_otp_sms' | 'secondary_oob_otp_sms'
    readonly channel?: 'sms' | 'whatsapp'
  }
  | { readonly channel: 'email' | 'sms' | 'whatsapp' }
  | { readonly account_recovery_destination: 'email' | 'phone'; readonly channel?: 'sms' | 'whatsapp' }
  | {
    readonly authentication: 'primary_passkey'
    readonly assertion_response: { readonly ceremony: string; readonly credential: Readonly<Record<string, unknown>> }
  }
  | {
    readonly authentication: 'secondary_totp'
    readonly code: string
    readonly request_device_token?: boolean
  }
  | {
    readonly authentication: 'secondary_passkey'
    readonly assertion_response: { readonly ceremony: string; readonly credential: Readonly<Record<string, unknown>> }
  }
  | {
    readonly authentication: 'recovery_code'
    readonly recovery_code: string
    readonly request_device_token?: boolean
  }
  | { readonly code: string; readonly request_device_token?: boolean }
  | { readonly account_recovery_code: string }
  | { readonly resend: true; readonly channel?: 'sms' | 'whatsapp' }
  | { readonly check: true; readonly request_device_token?: boolean }
  | {
    readonly creation_response: { readonly ceremony: string; readonly credential: Readonly<Record<string, unknown>> }
  }
  | { readonly skip: true }
  | { readonly new_password: string }
  | { readonly confirm_terminate_other_sessions: true }
  | { readonly confirm_recovery_code: true }
  | {
    readonly attributes: readonly {
      readonly name: string
      /** null forgets the value. */
      readonly value:
        | string
        | number
        | boolean
        | {
          readonly street_address?: string
          readonly locality?: string
          readonly region?: string
          readonly postal_code?: string
          readonly country?: string
          readonly formatted?: string
        }
        | null
    }[]
  }
  | { readonly cancel_account_deletion: true }

export type AuthenticationFlowStart = {
  /** The `request` that a custom sign-in screen was opened with. Then no cookie has a part, no CSRF token is needed, `finish_redirect_uri` is where the browser goes to be signed in, and `promote` and `return_to` are refused. */
  readonly request?: string
  readonly type: 'signup' | 'login' | 'signup_login' | 'promote' | 'reauth' | 'account_recovery'
  /** `default`, or a flow of this type that the settings declare. */
  readonly name: string
  /** A local path; comes back as `finish_redirect_uri`, unless there is a `request`. */
  readonly return_to?: string
  readonly batch_input?: readonly AuthenticationFlowInput[]
  /** This screen can show `select_oob_otp_channels_data`: it is asked wherever a telephone can be written to by several channels and the input named none. Otherwise the first is taken. */
  readonly channel_choice?: boolean
  /** This browser can create passkeys: a sign-up or sign-in may then end with `prompt_create_passkey`. */
  readonly passkey_support?: boolean
}

export type ErrorAnswer = {
  readonly error: {
    readonly code:
      | 'invalid_request'
      | 'unauthorized'
      | 'forbidden'
      | 'promotion_required'
      | 'not_found'
      | 'account_deletion_scheduled'
      | 'method_not_allowed'
      | 'username_taken'
      | 'password_already_exists'
      | 'last_email'
      | 'last_phone'
      | 'phone_limit_reached'
      | 'email_limit_reached'
      | 'passkey_already_registered'
      | 'passkey_limit_reached'
      | 'last_authenticator'
      | 'invalid_authentication_challenge'
      | 'last_required_factor'
      | 'session_limit_reached'
      | 'too_many_authenticators'
      | 'last_active_admin'
      | 'payload_too_large'
      | 'second_factor_required'
      | 'password_change_required'
      | 'recent_authentication_required'
      | 'rate_limited'
      | 'internal_error'
      | 'service_unavailable'
    readonly message: string
    readonly request_id: string
    readonly details?: {
      readonly fields?: readonly { readonly field: string; readonly code: string; readonly message: string }[]
      readonly authentication_challenge?: { readonly id: string; readonly expires_at: string }
      readonly reauthenticate_url?: string
      readonly password_change?: {
        readonly reason: 'required' | 'expired'
        readonly password_policy: {
          readonly minimum_length: number
          readonly maximum_length: number
          /** Whether stolen passwords are refused. */
          readonly breached_check: boolean
          /** From how many of the last passwords it must differ, the present one included. */
          readonly history: number
        }
      }
      readonly sessions_to_end?: {
        /** How many sessions will end. */
        readonly count: number
        /** The first few of them, oldest sign-in first. */
        readonly sessions: readonly { readonly user_agent: string; readonly ip: string; readonly last_used_at: string }[]
      }
      readonly second_factor?: {
        readonly authentications: readonly ('totp' | 'email_code' | 'passkey' | 'recovery_code' | 'password')[]
        readonly totp_key?: string
        readonly totp_uri?: string
        /** A code was sent already: it was the only second factor. */
        readonly code_sent?: boolean
        readonly masked_destination?: string
      }
      readonly account_deletion?: { readonly delete_at: string }
    }
  }
}

export type Passkey = {
  readonly id: string
  readonly name: string
  readonly created_at: string
  readonly last_used_at: string | null
  /** Kept by a password manager on several devices, not by one device alone. */
  readonly synced: boolean
  readonly aaguid: string
}

export type PasskeyCreation = {
  readonly ceremony: string
  readonly expires_at: string
  /** For `PublicKeyCredential.parseCreationOptionsFromJSON()`. */
  readonly public_key: {
    readonly rp: { readonly id: string; readonly name: string }
    readonly user: { readonly id: string; readonly name: string; readonly displayName: string }
    readonly challenge: string
    readonly pubKeyCredParams: readonly { readonly type: 'public-key'; readonly alg: number }[]
    readonly timeout: number
    readonly excludeCredentials: readonly { readonly type: 'public-key'; readonly id: string; readonly transports: readonly string[] }[]
    readonly authenticatorSelection: {
      readonly residentKey: 'required'
      readonly requireResidentKey: true
      readonly userVerification: 'required'
    }
    readonly attestation: 'none'
    readonly extensions: { readonly credProps: true }
  }
}

export type PasskeyRequest = {
  readonly ceremony: string
  readonly expires_at: string
  /** For `PublicKeyCredential.parseRequestOptionsFromJSON()`. */
  readonly public_key: {
    readonly challenge: string
    readonly rpId: string
    readonly timeout: number
    readonly userVerification: 'required'
    readonly allowCredentials: readonly { readonly type: 'public-key'; readonly id: string; readonly transports: readonly string[] }[]
  }
}

export type ScheduledDeletion = {
  /** When the account will be deleted, unless its owner signs in before and keeps it. */
  readonly delete_at: string
}
