import type { Frame, SettingsModel } from '../views/index.ts'
import {
  renderAddTotp,
  renderDeleteAccount,
  renderEmailChangeCode,
  renderPhoneAddCode,
  renderFirstAdmin,
  renderLoginLink,
  renderLogout,
  renderMessage,
  renderRecoveryCodes,
  renderScreen,
  renderSettings,
} from '../views/index.ts'
import { SAMPLE_SCREENS } from './sample-screens.ts'

export interface SamplePage {
  readonly id: string
  readonly html: string
}

const EMAIL = 'maya@example.com'
const ID = '0190a0a0-0000-7000-8000-000000000000'
const INSTANT = Date.UTC(2026, 5, 1, 9, 30)
const RECOVERY_CODES = ['01234-ABCDE', '56789-FGHJK', '13579-MNPQR', '24680-STVWX']
const SESSION = { id: ID, device: 'Firefox on Linux', userAgent: 'Mozilla/5.0', ip: '203.0.113.7', createdAt: INSTANT, lastUsedAt: INSTANT }
const LINK = { purpose: 'login', maskedDestination: 'm•••@example.com', link: '', at: INSTANT, ip: '203.0.113.7', device: 'Firefox on Linux' } as const
const SETTINGS: SettingsModel = {
  user: { email: EMAIL, emailVerified: true, username: 'maya', displayName: 'Maya', createdAt: INSTANT, roles: [] },
  passwordRules: { minimumLength: 8, isBreachChecked: false, history: 0 },
  passwordForm: 'change',
  emails: [
    { id: ID, email: EMAIL, isVerified: true, isPrimary: true },
    { id: ID, email: 'maya@example.org', isVerified: true, isPrimary: false },
  ],
  phones: { list: [{ id: ID, phone: '+41 79 123 45 67' }], isOffered: true },
  details: [],
  pictureUrl: null,
  isDeletionOffered: true,
  secondFactors: {
    isOffered: true,
    totps: [{ id: ID, name: 'Telephone', createdAt: INSTANT, lastUsedAt: INSTANT }],
    recoveryCodesLeft: 7,
    trustedDevices: [{ ...SESSION, expiresAt: INSTANT }],
  },
  sessions: [
    { ...SESSION, isCurrent: true },
    { ...SESSION, device: 'Safari on iPhone', isCurrent: false },
  ],
  passkeys: { suggestedName: 'Firefox on Linux', list: [{ id: ID, name: 'Laptop', isSynced: true, createdAt: INSTANT, lastUsedAt: INSTANT }] },
}

/** Every page with data that nobody has, in the look and language of the frame. */
export function samplePages(given: Frame): SamplePage[] {
  const frame: Frame = { ...given, csrfToken: '', signedInAs: 'Maya', returnTo: '/orders' }
  const form = { action: '#', state: '', identifier: EMAIL, passkeyOptions: '#' }
  const message = (id: 'error.404' | 'error.500' | 'flow.expired', tone: 'error') => renderMessage(frame, { title: frame.say(`${id}.title`), text: frame.say(`${id}.text`), tone })
  const pages: Readonly<Record<string, string>> = {
    ...Object.fromEntries(SAMPLE_SCREENS.map(([id, screen]) => [id, renderScreen(frame, screen, form)])),
    'recovery-codes': renderRecoveryCodes(frame, { codes: RECOVERY_CODES, continueTo: '/orders' }),
    settings: renderSettings(frame, SETTINGS),
    'settings-with-news': renderSettings(frame, { ...SETTINGS, banner: { tone: 'success', text: frame.say('done.profile_saved') } }),
    'authenticator-app': renderAddTotp(frame, { key: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', account: EMAIL, setUp: '', name: '' }),
    'email-change': renderEmailChangeCode(frame, { challengeId: ID, maskedDestination: 'm•••@example.org' }),
    'phone-add': renderPhoneAddCode(frame, { challengeId: ID, maskedDestination: '+41****67', otherChannels: ['sms'] }),
    deletion: renderDeleteAccount(frame, { name: EMAIL, isEmail: true, graceDays: 0 }),
    'login-link': renderLoginLink(frame, { ...LINK, isHere: true }),
    'login-link-elsewhere': renderLoginLink(frame, { ...LINK, isHere: false }),
    'sign-out': renderLogout(frame),
    'first-admin': renderFirstAdmin(frame, { email: EMAIL, secret: '' }),
    'signed-out': renderMessage(frame, {
      ...{ title: frame.say('done.signed_out.title'), text: frame.say('done.signed_out.text'), tone: 'success' },
      action: { href: '#', label: frame.say('done.sign_in') },
    }),
    expired: message('flow.expired', 'error'),
    'not-found': message('error.404', 'error'),
    fault: message('error.500', 'error'),
  }
  return Object.entries(pages).map(([id, html]) => ({ id, html }))
}
