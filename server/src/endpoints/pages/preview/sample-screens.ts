import type { SessionId } from '../../../domain/ids.ts'
import { type AttributeDefinition, claimDefinition } from '../../../domain/profile/attribute.ts'
import type { Screen } from '../../../flow/index.ts'

const EMAIL = 'maya@example.com'
const MASKED = 'm•••@example.com'
const KEY = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const INSTANT = Date.UTC(2026, 5, 1, 9, 30)
const RULES = { minimumLength: 8, isBreachChecked: false, history: 0 }
const ATTRIBUTE = { ...claimDefinition('', 'string', { person: 'write', token: 'read', admin: 'write' }), isRequiredAtSignup: true }
const ATTRIBUTES: readonly AttributeDefinition[] = [
  { ...ATTRIBUTE, name: 'staff_number', label: 'Staff number', type: 'integer', isUnique: true },
  { ...ATTRIBUTE, name: 'team', label: 'Team', type: 'enum', values: ['Blue', 'Green'] },
]
const CODE = { screen: 'enter_one_time_code', channel: 'email', form: 'code', authentication: null, alternatives: [], isOptional: false, trustDays: 0, maskedDestination: MASKED, otherChannels: [] } as const
const SESSION = {
  id: '0190a0a0-0000-7000-8000-000000000000' as SessionId,
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0',
  ip: '203.0.113.7',
  lastUsedAt: INSTANT,
}
const FACTORS = ['primary_password', 'primary_oob_otp_email', 'primary_passkey'] as const

/** Each kind of screen as people meet it, and some with what can go wrong; a kind without a sample does not compile. */
const SAMPLES: { readonly [Name in Screen['screen']]: Readonly<Record<string, Extract<Screen, { screen: Name }>>> } = {
  identify: {
    login: { screen: 'identify', flow: 'login', identifications: ['email', 'username', 'passkey'], authentications: FACTORS, asksNewPassword: false, passwordRules: RULES, failure: null },
    'login-refused': {
      ...{ screen: 'identify', flow: 'login', identifications: ['email', 'username'], authentications: FACTORS, asksNewPassword: false, passwordRules: RULES },
      failure: { code: 'invalid_credentials' },
    },
    'signup-login': { screen: 'identify', flow: 'signup_login', identifications: ['email'], authentications: FACTORS, asksNewPassword: false, passwordRules: RULES, failure: null },
    signup: { screen: 'identify', flow: 'signup', identifications: ['email'], authentications: [], asksNewPassword: true, passwordRules: RULES, failure: null },
    'login-by-code': {
      ...{ screen: 'identify', flow: 'login', identifications: ['email', 'phone'], authentications: ['primary_oob_otp_email', 'primary_oob_otp_sms'] },
      ...{ asksNewPassword: false, passwordRules: RULES, failure: null },
    },
    'signup-refused': {
      ...{ screen: 'identify', flow: 'signup', identifications: ['email'], authentications: [], asksNewPassword: true, passwordRules: RULES },
      failure: { code: 'unacceptable_password', problems: ['too_common'], minimumLength: 8 },
    },
    'signup-by-invitation': { screen: 'identify', flow: 'signup', identifications: ['invitation'], authentications: [], asksNewPassword: false, passwordRules: RULES, failure: null },
    promotion: { screen: 'identify', flow: 'promote', identifications: ['email'], authentications: [], asksNewPassword: true, passwordRules: RULES, failure: null },
    recovery: { screen: 'identify', flow: 'account_recovery', identifications: ['email'], authentications: [], asksNewPassword: false, passwordRules: RULES, failure: null },
  },
  authenticate: {
    'login-password': { screen: 'authenticate', flow: 'login', displayIdentifier: EMAIL, authentications: [...FACTORS, 'primary_oob_otp_sms'], failure: { code: 'invalid_credentials' } },
    reauthentication: { screen: 'authenticate', flow: 'reauth', displayIdentifier: EMAIL, authentications: FACTORS, failure: null },
  },
  enter_one_time_code: {
    code: { ...CODE, flow: 'login', failure: null },
    link: { ...CODE, form: 'link', flow: 'login', failure: null },
    'code-or-link': { ...CODE, form: 'both', flow: 'account_recovery', failure: null },
    'code-for-later': { ...CODE, flow: 'signup', isOptional: true, failure: null },
    'code-wrong': { ...CODE, flow: 'signup', failure: { code: 'wrong_code' } },
    'code-spent': { ...CODE, flow: 'login', failure: { code: 'code_exhausted' } },
    'code-unnamed': { ...CODE, flow: 'account_recovery', channel: 'sms', maskedDestination: '', failure: { code: 'resend_too_soon' } },
    'code-phone': { ...CODE, flow: 'login', channel: 'whatsapp', otherChannels: ['sms'], maskedDestination: '+41****67', failure: null },
    'code-second-factor': { ...CODE, flow: 'login', authentication: 'secondary_oob_otp_email', alternatives: ['secondary_totp'], trustDays: 30, failure: null },
  },
  select_channel: {
    'code-channel': { screen: 'select_channel', flow: 'login', authentication: 'primary_oob_otp_sms', channels: ['whatsapp', 'sms', 'email'], maskedDestination: '+41****67', failure: null },
  },
  select_destination: {
    'recovery-destination': { screen: 'select_destination', flow: 'account_recovery', destinations: [{ destination: 'email', masked: MASKED }, { destination: 'phone', masked: '' }], channels: ['whatsapp', 'sms'], failure: null },
  },
  authenticate_second_factor: {
    'second-factor': { screen: 'authenticate_second_factor', flow: 'login', authentications: ['secondary_totp', 'secondary_oob_otp_email', 'secondary_oob_otp_sms', 'secondary_passkey', 'recovery_code'], trustDays: 30, failure: null },
    'second-factor-wrong': { screen: 'authenticate_second_factor', flow: 'login', authentications: ['secondary_totp', 'recovery_code'], trustDays: 30, failure: { code: 'wrong_code' } },
    'second-factor-recovery': { screen: 'authenticate_second_factor', flow: 'reauth', authentications: ['recovery_code'], trustDays: 0, failure: null },
  },
  set_up_totp: {
    'second-factor-set-up': { screen: 'set_up_totp', flow: 'login', key: KEY, displayIdentifier: EMAIL, failure: null },
    'second-factor-set-up-wrong': { screen: 'set_up_totp', flow: 'login', key: KEY, displayIdentifier: EMAIL, failure: { code: 'wrong_code' } },
  },
  new_password: {
    'new-password': { screen: 'new_password', flow: 'account_recovery', displayIdentifier: EMAIL, passwordRules: RULES, failure: null },
    'new-password-refused': {
      ...{ screen: 'new_password', flow: 'account_recovery', displayIdentifier: EMAIL, passwordRules: RULES },
      failure: { code: 'unacceptable_password', problems: ['too_common'], minimumLength: 8 },
    },
  },
  change_password: {
    'password-change': { screen: 'change_password', flow: 'login', reason: 'required', displayIdentifier: EMAIL, passwordRules: RULES, failure: null },
    'password-expired': { screen: 'change_password', flow: 'login', reason: 'expired', displayIdentifier: EMAIL, passwordRules: RULES, failure: null },
  },
  view_recovery_code: {
    'second-factor-codes': { screen: 'view_recovery_code', flow: 'login', recoveryCodes: ['01234-ABCDE', '56789-FGHJK', '13579-MNPQR', '24680-STVWX'], failure: null },
  },
  terminate_other_sessions: {
    'session-limit': { screen: 'terminate_other_sessions', flow: 'login', count: 1, sessions: [SESSION], failure: null },
    'session-limit-many': { screen: 'terminate_other_sessions', flow: 'login', count: 12, sessions: [SESSION, { ...SESSION, userAgent: '' }], failure: null },
  },
  prompt_create_passkey: {
    'passkey-offer': { screen: 'prompt_create_passkey', flow: 'login', displayIdentifier: EMAIL, failure: null },
  },
  fill_in_user_profile: {
    profile: { screen: 'fill_in_user_profile', flow: 'signup', displayIdentifier: EMAIL, attributes: ATTRIBUTES, values: {}, failure: null },
    'profile-refused': {
      ...{ screen: 'fill_in_user_profile', flow: 'signup', displayIdentifier: EMAIL, attributes: ATTRIBUTES, values: { staff_number: 42, team: 'Blue' } },
      failure: { code: 'unacceptable_profile', faults: [{ name: 'staff_number', problem: 'taken' }] },
    },
  },
  account_deletion_scheduled: {
    'deletion-scheduled': { screen: 'account_deletion_scheduled', flow: 'login', deleteAt: INSTANT, failure: null },
  },
}

export const SAMPLE_SCREENS: readonly (readonly [id: string, screen: Screen])[] = Object.values(SAMPLES).flatMap((kind) => Object.entries<Screen>(kind))
