import type { Screen } from '../../../flow/index.ts'

const EMAIL = 'maya@example.com'
const MASKED = 'm•••@example.com'
const KEY = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const FACTORS = ['primary_password', 'primary_oob_otp_email', 'primary_passkey'] as const

/** Each kind of screen as people meet it, and some with what can go wrong; a kind without a sample does not compile. */
const SAMPLES: { readonly [Name in Screen['screen']]: Readonly<Record<string, Extract<Screen, { screen: Name }>>> } = {
  identify: {
    login: { screen: 'identify', flow: 'login', identifications: ['email', 'username', 'passkey'], authentications: FACTORS, asksNewPassword: false, failure: null },
    'login-refused': {
      ...{ screen: 'identify', flow: 'login', identifications: ['email', 'username'], authentications: FACTORS, asksNewPassword: false },
      failure: { code: 'invalid_credentials' },
    },
    signup: { screen: 'identify', flow: 'signup', identifications: ['email'], authentications: [], asksNewPassword: true, failure: null },
    recovery: { screen: 'identify', flow: 'account_recovery', identifications: ['email'], authentications: [], asksNewPassword: false, failure: null },
  },
  authenticate: {
    reauthentication: { screen: 'authenticate', flow: 'reauth', displayIdentifier: EMAIL, authentications: FACTORS, failure: null },
  },
  enter_one_time_code: {
    code: { screen: 'enter_one_time_code', flow: 'login', maskedDestination: MASKED, failure: null },
    'code-wrong': { screen: 'enter_one_time_code', flow: 'signup', maskedDestination: MASKED, failure: { code: 'wrong_code' } },
  },
  authenticate_second_factor: {
    'second-factor': { screen: 'authenticate_second_factor', flow: 'login', authentications: ['secondary_totp', 'recovery_code'], trustDays: 30, failure: null },
  },
  set_up_totp: {
    'second-factor-set-up': { screen: 'set_up_totp', flow: 'login', key: KEY, displayIdentifier: EMAIL, failure: null },
  },
  new_password: {
    'new-password': { screen: 'new_password', flow: 'account_recovery', displayIdentifier: EMAIL, failure: null },
    'new-password-refused': {
      ...{ screen: 'new_password', flow: 'account_recovery', displayIdentifier: EMAIL },
      failure: { code: 'unacceptable_password', problems: ['too_common'] },
    },
  },
}

export const SAMPLE_SCREENS: readonly (readonly [id: string, screen: Screen])[] = Object.values(SAMPLES).flatMap((kind) => Object.entries<Screen>(kind))
