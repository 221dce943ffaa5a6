import type { Authentication, SecondaryAuthentication } from '../../flow/index.ts'

/** How the JSON API names proofs. */
export const AUTHENTICATION_NAMES = { primary_password: 'password', primary_oob_otp_email: 'email_code', primary_oob_otp_sms: 'sms_code', primary_passkey: 'passkey' } as const satisfies Record<Authentication, string>
export const SECOND_FACTOR_NAMES = { secondary_totp: 'totp', secondary_oob_otp_email: 'email_code', secondary_oob_otp_sms: 'sms_code', secondary_passkey: 'passkey', recovery_code: 'recovery_code' } as const satisfies Record<SecondaryAuthentication, string>

export function isSecondFactor(authentication: Authentication | SecondaryAuthentication): authentication is SecondaryAuthentication {
  return authentication in SECOND_FACTOR_NAMES
}
