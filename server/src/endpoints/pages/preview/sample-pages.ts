import type { ConsentModel, Frame } from '../views/index.ts'
import {
  renderAddTotp,
  renderAnonymousSettings,
  renderConsent,
  renderDeleteAccount,
  renderDetails,
  renderDeviceCode,
  renderDeviceConfirmation,
  renderEmailChangeCode,
  renderPhoneAddCode,
  renderFirstAdmin,
  renderFormPost,
  renderLoginLink,
  renderLogout,
  renderRecoveryCodes,
  renderScreen,
  renderSettings,
} from '../views/index.ts'
import { sampleMessages } from './sample-messages.ts'
import { SAMPLE_SCREENS } from './sample-screens.ts'
import { SAMPLE_DETAILS, SAMPLE_NEW_SETTINGS, SAMPLE_PHONE_SETTINGS, SAMPLE_SETTINGS } from './sample-settings.ts'

export interface SamplePage {
  readonly id: string
  readonly html: string
}

const EMAIL = 'maya@example.com'
const ID = '0190a0a0-0000-7000-8000-000000000000'
const INSTANT = Date.UTC(2026, 5, 1, 9, 30)
const RECOVERY_CODES = ['01234-ABCDE', '56789-FGHJK', '13579-MNPQR', '24680-STVWX']
const LINK = { purpose: 'login', maskedDestination: 'm•••@example.com', link: '', at: INSTANT, ip: '203.0.113.7', device: 'Firefox on Linux' } as const

const SAMPLE_CONSENT: ConsentModel = {
  request: '',
  clientName: 'Shop',
  scopes: ['openid', 'profile', 'email', 'phone', 'address', 'offline_access', 'orders'].map((scope) => ({ scope, isNew: true })),
  host: 'shop.example.com',
  isUnknown: false,
  address: undefined,
  website: 'https://shop.example.com/',
  privacy: 'https://shop.example.com/privacy',
  terms: 'https://shop.example.com/terms',
}

/** Every page with data that nobody has, in the look and language of the frame. */
export function samplePages(given: Frame): SamplePage[] {
  const frame: Frame = { ...given, csrfToken: '', signedInAs: 'Maya', returnTo: '/orders' }
  const form = { action: '#', state: '', identifier: EMAIL, passkeyOptions: '#' }
  const pages: Readonly<Record<string, string>> = {
    ...Object.fromEntries(SAMPLE_SCREENS.map(([id, screen]) => [id, renderScreen(frame, screen, form)])),
    'form-post': renderFormPost(frame, { action: '#', fields: {}, submitsItself: false }),
    'recovery-codes': renderRecoveryCodes(frame, { codes: RECOVERY_CODES, continueTo: '/orders' }),
    settings: renderSettings(frame, SAMPLE_SETTINGS),
    'settings-new': renderSettings(frame, SAMPLE_NEW_SETTINGS),
    'settings-by-number': renderSettings(frame, SAMPLE_PHONE_SETTINGS),
    'settings-with-news': renderSettings(frame, { ...SAMPLE_SETTINGS, banner: { tone: 'success', text: frame.say('done.profile_saved') } }),
    'settings-refused': renderSettings(frame, { ...SAMPLE_SETTINGS, errors: { username: frame.say('problem.username_unusable'), new_email: frame.say('problem.email_unusable') }, values: { username: 'no spaces', new_email: 'maya' } }),
    'settings-details': renderDetails(frame, SAMPLE_DETAILS),
    'authenticator-app': renderAddTotp(frame, { key: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', account: EMAIL, setUp: '', name: '' }),
    'email-change': renderEmailChangeCode(frame, { challengeId: ID, maskedDestination: 'm•••@example.org' }),
    'phone-add': renderPhoneAddCode(frame, { challengeId: ID, maskedDestination: '+41****67', otherChannels: ['sms'] }),
    'settings-anonymous': renderAnonymousSettings(frame, { isDeletionOffered: true }),
    deletion: renderDeleteAccount(frame, { name: EMAIL, isEmail: true, graceDays: 0 }),
    'deletion-with-grace': renderDeleteAccount(frame, { name: EMAIL, isEmail: true, graceDays: 30 }),
    'deletion-by-number': renderDeleteAccount(frame, { name: '+41 79 123 45 67', isEmail: false, graceDays: 0 }),
    'login-link': renderLoginLink(frame, { ...LINK, isHere: true }),
    'login-link-elsewhere': renderLoginLink(frame, { ...LINK, isHere: false }),
    'deletion-anonymous': renderDeleteAccount(frame, { name: null, isEmail: false, graceDays: 0 }),
    consent: renderConsent(frame, SAMPLE_CONSENT),
    'consent-wider': renderConsent(frame, { ...SAMPLE_CONSENT, scopes: SAMPLE_CONSENT.scopes.map((one) => ({ ...one, isNew: one.scope === 'orders' })), host: undefined, website: undefined, privacy: undefined, terms: undefined }),
    'device-code': renderDeviceCode(frame, { userCode: '', error: undefined }),
    'device-code-unknown': renderDeviceCode(frame, { userCode: 'BCDF-GHJK', error: frame.say('device.code_unknown') }),
    'device-confirmation': renderDeviceConfirmation(frame, { userCode: 'WDJB-MJHT', clientName: 'Shop', isFirstParty: false, isUnknown: true, address: 'https://shop.example.com/client.json', scopes: [{ scope: 'openid' }, { scope: 'email' }, { scope: 'orders:read', description: 'See your orders' }] }),
    'consent-unknown': renderConsent(frame, { ...SAMPLE_CONSENT, clientName: 'agent.example.com', isUnknown: true, address: 'https://agent.example.com/client.json' }),
    'sign-out': renderLogout(frame),
    'sign-out-anonymous': renderLogout({ ...given, csrfToken: '', returnTo: '/orders', isAnonymous: true }),
    'first-admin': renderFirstAdmin(frame, { email: EMAIL, secret: '' }),
    ...sampleMessages(frame),
  }
  return Object.entries(pages).map(([id, html]) => ({ id, html }))
}
