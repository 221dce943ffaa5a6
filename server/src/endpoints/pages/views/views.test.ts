import type { ProfileEntry } from '../../../services/profiles/index.ts'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { PasswordProblem } from '../../../domain/password-rules.ts'
import type { Screen, ScreenFailure } from '../../../flow/screen.ts'
import type { FlowType } from '../../../flow/state.ts'
import { DEFAULT_WORDING } from '../../../languages/index.ts'
import { fillHtml } from './fill-html.ts'
import type { Banner, Frame, ScreenForm, SettingsModel } from './index.ts'
import {
  deviceText,
  failureText,
  passwordProblemText,
  renderAddTotp,
  renderDeleteAccount,
  renderEmailChangeCode,
  renderFirstAdmin,
  renderLogout,
  renderMailbox,
  renderMessage,
  renderRecoveryCodes,
  renderScreen,
  renderDetails,
  renderSettings,
} from './index.ts'

const CSS_MAX_BYTES = 12 * 1024
const SCRIPTS_MAX_BYTES = 15 * 1024
const PAGE_WITH_CSS_MAX_BYTES = 30 * 1024

const HOSTILE = `"'><script>alert(1)</script><img src=x onerror=alert(1)>&{brand}`
const INSTANT = Date.UTC(2026, 10, 22, 1, 17)

const FLOWS: readonly FlowType[] = ['login', 'signup', 'account_recovery', 'reauth']
const PROBLEMS: readonly PasswordProblem[] = ['too_short', 'too_long', 'too_common', 'contains_identifier', 'blocked_word', 'not_text', 'breached', 'used_before', 'breach_check_unavailable']
const FAILURES: readonly (ScreenFailure | null)[] = [
  null,
  { code: 'invalid_credentials' },
  { code: 'passkey_refused' },
  { code: 'invalid_identifier' },
  { code: 'wrong_code' },
  { code: 'code_exhausted' },
  { code: 'resend_too_soon' },
  { code: 'unacceptable_password', problems: PROBLEMS, minimumLength: 8 },
]

const passwordRules = { minimumLength: 8, isBreachChecked: true, history: 3 }

const { say } = DEFAULT_WORDING

function frameWith(text: string, basePath = '/auth'): Frame {
  const assets = { css: '/auth/a.css', mailboxCss: '/auth/a.mailbox.css', script: '/auth/a.js', passkeys: '/auth/p.js', passwordMeter: '/auth/m.js', sprite: '/auth/a.svg', favicon: '/auth/f.svg' }
  return { ...DEFAULT_WORDING, basePath, assets, brandName: `Orchard${text}`, csrfToken: text, signedInAs: text, returnTo: `/orders${text}` }
}

function formWith(text: string): ScreenForm {
  return { action: `/auth/login${text}`, state: text, identifier: text, passkeyOptions: text, banner: { tone: 'error', text } }
}

const CODE_SCREEN = { screen: 'enter_one_time_code', authentication: null, channel: 'email', form: 'code', otherChannels: [], alternatives: [], isOptional: false, trustDays: 0 } as const

/** Every screen, in every flow, with every failure. */
function everyScreen(text: string): Screen[] {
  const authentications = ['primary_password', 'primary_oob_otp_email', 'primary_passkey'] as const
  return FLOWS.flatMap((flow) =>
    FAILURES.flatMap((failure): Screen[] => [
      {
        screen: 'identify',
        flow,
        identifications: flow === 'login' ? ['email', 'username'] : ['email'],
        authentications: flow === 'login' ? authentications : [],
        asksNewPassword: flow === 'signup',
        passwordRules,
        failure,
      },
      { screen: 'authenticate', flow, displayIdentifier: text, authentications, failure },
      { screen: 'new_password', flow, displayIdentifier: text, passwordRules, failure },
      { screen: 'change_password', flow, reason: 'required', displayIdentifier: text, passwordRules, failure },
      { screen: 'change_password', flow, reason: 'expired', displayIdentifier: text, passwordRules, failure },
      { ...CODE_SCREEN, flow, maskedDestination: text, failure },
      { ...CODE_SCREEN, flow, authentication: 'secondary_oob_otp_email', maskedDestination: text, alternatives: ['secondary_totp'], trustDays: 30, failure },
      { ...CODE_SCREEN, flow, channel: 'sms', otherChannels: ['whatsapp'], maskedDestination: text, failure },
      { screen: 'select_channel', flow, authentication: null, channels: ['whatsapp', 'sms', 'email'], maskedDestination: text, failure },
      { screen: 'select_destination', flow, destinations: [{ destination: 'email', masked: text }, { destination: 'phone', masked: '' }], channels: ['sms'], failure },
      { screen: 'prompt_create_passkey', flow, displayIdentifier: text, failure },
      { screen: 'authenticate_second_factor', flow, authentications: ['secondary_totp', 'secondary_oob_otp_email', 'secondary_passkey', 'recovery_code'], trustDays: flow === 'login' ? 30 : 0, failure },
      { screen: 'account_deletion_scheduled', flow, deleteAt: INSTANT, failure },
      { screen: 'view_recovery_code', flow, recoveryCodes: ['01234-ABCDE', text], failure },
      { screen: 'set_up_totp', flow, key: 'JBSWY3DPEHPK3PXP', displayIdentifier: text, failure },
    ]),
  )
}

function entriesWith(text: string): ProfileEntry[] {
  const access = { person: 'write', token: 'read', admin: 'write' } as const
  const definition = { label: text, minimum: null, maximum: null, values: [text], isUnique: false, isRequiredAtSignup: false, access }
  return [
    { definition: { ...definition, name: 'nickname', label: null, type: 'string' }, value: text },
    { definition: { ...definition, name: 'size', type: 'enum' }, value: text },
    { definition: { ...definition, name: 'is_member', type: 'boolean' }, value: true },
    { definition: { ...definition, name: 'address', label: null, type: 'address' }, value: { locality: text } },
    { definition: { ...definition, name: 'number_of', type: 'integer', access: { ...access, person: 'read' } }, value: 7 },
  ]
}

function settingsWith(text: string): SettingsModel {
  const session = { id: text, device: text, userAgent: text, ip: text, createdAt: INSTANT, lastUsedAt: INSTANT }
  return {
    user: { email: text, emailVerified: true, username: text, displayName: text, createdAt: INSTANT, roles: [text] },
    passwordRules,
    passwordForm: 'change',
    secondFactors: {
      isOffered: true,
      totps: [{ id: text, name: text, createdAt: INSTANT, lastUsedAt: INSTANT }],
      recoveryCodesLeft: 7,
      trustedDevices: [{ ...session, expiresAt: INSTANT }],
    },
    sessions: [
      { ...session, isCurrent: true },
      { ...session, isCurrent: false },
    ],
  phones: { list: [], isOffered: true },
    emails: [{ id: text, email: text, isVerified: true, isPrimary: true }, { id: text, email: text, isVerified: true, isPrimary: false }],
    details: entriesWith(text),
    pictureUrl: null,
    isDeletionOffered: true,
    applications: [],
    passkeys: { suggestedName: text, list: [{ id: text, name: text, isSynced: true, createdAt: INSTANT, lastUsedAt: null }] },
    banner: { tone: 'success', text },
    errors: { display_name: text, username: text, current_password: text, new_password: text, new_email: text },
    values: { display_name: text, username: text, new_email: text, current_password: text, new_password: text },
  }
}

function everyPage(text: string, basePath = '/auth'): [string, string][] {
  const frame = frameWith(text, basePath)
  const mail = { id: text, to: text, subject: text, sentAt: INSTANT }
  const tones: Banner['tone'][] = ['info', 'success', 'error']
  return [
    ...everyScreen(text).map((screen): [string, string] => [
      `${screen.screen} ${screen.flow} ${screen.failure?.code ?? 'without failure'}`,
      renderScreen(frame, screen, formWith(text)),
    ]),
    ['settings', renderSettings(frame, settingsWith(text))],
    ['email change', renderEmailChangeCode(frame, { challengeId: text, maskedDestination: text, error: text, banner: { tone: 'info', text } })],
    ['delete account', renderDeleteAccount(frame, { name: text, isEmail: true, graceDays: 30, error: text })],
    ['details', renderDetails(frame, { entries: entriesWith(text), faults: [{ name: 'nickname', problem: 'too_long' }], typed: { nickname: text } })],
    ['add totp', renderAddTotp(frame, { key: 'JBSWY3DPEHPK3PXP', account: text, setUp: text, name: text, error: text })],
    ['recovery codes', renderRecoveryCodes(frame, { codes: ['01234-ABCDE', text], continueTo: `/${text}` })],
    ['logout', renderLogout(frame)],
    ['first admin', renderFirstAdmin(frame, { email: text, secret: text })],
    ...tones.map((tone): [string, string] => [
      `message ${tone}`,
      renderMessage(frame, { title: text, text, tone, action: { href: `/${text}`, label: text }, requestId: text }),
    ]),
    [
      'mailbox',
      renderMailbox(frame, {
        messages: [{ ...mail, state: 'dead', attempts: 3, lastError: text }],
        selected: { ...mail, from: text, text, html: text },
      }),
    ],
  ]
}

describe('every page', () => {
  test.each(everyPage(HOSTILE))('%s shows hostile text as text', (_name, page) => {
    expect(page).not.toMatch(/<script>|<img/)
    expect(page).toContain('&#60;script&#62;alert(1)')
    // Nothing that was put in may end an attribute: what is left of the quotes must pair up tag by tag.
    for (const tag of page.match(/<[a-z][^>]*>/g) ?? []) expect(tag).not.toMatch(/"[^"\s>/][^"=]*'>|onerror=/)
  })

  test.each(everyPage('x'))('%s needs no exception of the content security policy', (_name, page) => {
    expect(page).not.toMatch(/\sstyle=|<style|\son[a-z]+=|javascript:/)
    expect(page.match(/<script\b[^>]*>[^<]*/g)).toEqual(
      ['a', ...(page.includes('data-strengths') ? ['m'] : []), ...(page.includes('data-passkey') ? ['p'] : [])].map((name) => `<script type="module" src="/auth/${name}.js">`),
    )
  })

  test.each(everyPage('x'))('%s has a language, a title, one h1, landmarks and a way back', (_name, page) => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr">/)
    expect(page).toMatch(/<title>[^<]+<\/title>/)
    expect(page.match(/<h1>/g)).toHaveLength(1)
    expect(page).toContain('<main')
    expect(page).toMatch(/class="gp-back" href="\/[^"]*"/)
    expect(page).not.toMatch(/\{[a-z_A-Z]+\}/)
  })

  test.each(everyPage('x'))('%s uses each id once and refers only to ids it has', (_name, page) => {
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
    const named = [...page.matchAll(/(?:for|aria-describedby|aria-labelledby)="([^"]+)"/g)].flatMap(([, list]) => list?.split(' ') ?? [])
    expect(ids).toEqual([...new Set(ids)])
    expect(ids).toEqual(expect.arrayContaining(named))
  })

  test.each(everyPage('x'))('%s posts the token against forged requests with every form, and never a password', (_name, page) => {
    for (const form of page.match(/<form[^]*?<\/form>/g) ?? []) {
      expect(form).toContain('method="post"')
      expect(form).toContain('name="csrf_token"')
      expect(form).toContain('name="return_to"')
    }
    for (const input of page.match(/<input[^>]*type="password"[^>]*>/g) ?? []) expect(input).not.toContain('value=')
  })

  test.each(everyPage('maya@example.com'))('%s fits the budget together with the style sheet', (_name, page) => {
    expect(Buffer.byteLength(page) + readAsset('gatepost.css').length).toBeLessThan(PAGE_WITH_CSS_MAX_BYTES)
  })

  test('stays below its base path when the server has a host to itself', () => {
    for (const [, page] of everyPage('x', '')) expect(page).not.toMatch(/(?:href|action)="\/auth\/(?!a\.|f\.|p\.|login)/)
  })
})

describe('a screen', () => {
  const frame = frameWith('')
  const form: ScreenForm = { action: '/auth/login', state: 'sealed', identifier: 'maya@example.com' }
  const login: Screen = {
    screen: 'identify',
    flow: 'login',
    identifications: ['email', 'username'],
    authentications: ['primary_password', 'primary_oob_otp_email'],
    asksNewPassword: false,
    passwordRules,
    failure: { code: 'invalid_credentials' },
  }

  test('puts the error at its field, keeps what was typed and goes on at the wrong field', () => {
    const page = renderScreen(frame, login, form)
    expect(page).toMatch(/<input[^>]*name="password"[^>]*autofocus[^>]*aria-invalid="true" aria-describedby="password-error"/)
    expect(page).toContain('value="maya@example.com"')
    expect(page).toContain('<title>Error: Sign in · Orchard</title>')
  })

  test('signs in on the enter key: the password button stands before the code button', () => {
    const page = renderScreen(frame, login, form)
    expect(page.indexOf('value="password"')).toBeGreaterThan(0)
    expect(page.indexOf('value="password"')).toBeLessThan(page.indexOf('value="code" formnovalidate'))
  })

  test('offers a code only where policy does', () => {
    const page = renderScreen(frame, { ...login, authentications: ['primary_password'] }, form)
    expect(page).not.toContain('value="code"')
  })

  test('keeps the way home in every link of the flow, and tells it', () => {
    const page = renderScreen(frame, login, form)
    expect(page).toContain('/auth/signup?return_to&#61;%2Forders')
    // A forgotten password is asked for by a button of the form, which carries the way home.
    expect(page).toMatch(/<form class="gp-form".*name="return_to" value="\/orders".*formaction="\/auth\/reset_password".*<\/form>/s)
    expect(page).toContain('You will return to')
    expect(renderScreen({ ...frame, returnTo: '/' }, login, form)).not.toContain('You will return to')
  })

  test('says nothing of an address where even a masked one would tell that an account exists', () => {
    const page = renderScreen(frame, { ...CODE_SCREEN, flow: 'login', maskedDestination: '', failure: null }, form)
    expect(page).toContain('if there is one')
  })

  test('takes a code with blanks pasted between its digits, and no other', () => {
    const page = renderScreen(frame, { ...CODE_SCREEN, flow: 'login', maskedDestination: 'm', failure: null }, form)
    const pattern = new RegExp(`^(?:${/ pattern="([^"]+)"/.exec(page)?.[1]})$`, 'v')
    expect(['123456', '123 456', ' 123-456 ', '1 2 3 4 5 6'].every((code) => pattern.test(code))).toBe(true)
    expect(['12345', '1234567', '12345a', ''].some((code) => pattern.test(code))).toBe(false)
  })

  test('asks only for a new code when the old one is spent', () => {
    const page = renderScreen(frame, { ...CODE_SCREEN, flow: 'login', maskedDestination: 'm', failure: { code: 'code_exhausted' } }, form)
    expect(page).not.toContain('name="code"')
    expect(page).toContain('value="resend"')
    expect(page).toContain('role="alert"')
  })
})

describe('the sentences', () => {
  test('have one for every failure and every problem of a password, with the numbers filled in', () => {
    for (const failure of FAILURES) if (failure) expect(failureText(say, failure)).toMatch(/^[A-Z][^{}]+\.$/)
    for (const problem of PROBLEMS) expect(passwordProblemText(say, problem, 8)).toMatch(/^[A-Z][^{}]+\.$/)
    expect(passwordProblemText(say, 'too_short', 15)).toContain('15 characters')
  })

  test('leave a place alone that nobody fills, and names that are not places', () => {
    expect(fillHtml(DEFAULT_WORDING, 'page.return_hint', {})).toBe('You will return to {returnTo}')
  })

  test.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'Firefox on Linux'],
    ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0', 'Edge on Windows'],
    ['Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36', 'Chrome on Android'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 Version/18.1 Mobile/15E148 Safari/604.1', 'Safari on iPhone'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1 Version/18.1 Safari/605.1.15', 'Safari on macOS'],
    ['curl/8.5.0', 'curl'],
    ['', 'Unknown device'],
    ['<script>', 'Unknown device'],
  ])('call %s %s', (userAgent, device) => {
    expect(deviceText(say, userAgent)).toBe(device)
  })
})

describe('the static files', () => {
  test('fit their budgets', () => {
    expect(readAsset('gatepost.css').length).toBeLessThan(CSS_MAX_BYTES)
    expect(readAsset('mailbox.css').length).toBeLessThan(CSS_MAX_BYTES)
    expect(readAsset('enhance.js').length + readAsset('passkeys.js').length + readAsset('password-meter.js').length).toBeLessThan(SCRIPTS_MAX_BYTES)
  })

  test('hold every icon that a page or the script refers to', () => {
    const sprite = readAsset('sprite.svg').toString()
    const used = everyPage('x').flatMap(([, page]) => [...page.matchAll(/a\.svg#([a-z-]+)/g)].map(([, icon]) => icon))
    for (const icon of new Set([...used, 'eye', 'eye-off'])) expect(sprite).toContain(`id="${icon}"`)
  })

  test('name every colour once, as a token that both schemes set', () => {
    const css = readAsset('gatepost.css').toString()
    const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)').map((part) => part.slice(0, part.indexOf('--gp-shadow')))
    const tokensOf = (part: string) => [...part.matchAll(/(--gp-color-[a-z-]+):/g)].map(([, token]) => token).sort()
    expect(tokensOf(light)).toEqual(tokensOf(dark))
    expect(css.slice(css.indexOf('*, *::before'))).not.toMatch(/#[0-9a-f]{6}\b/)
  })
})

function readAsset(name: string): Buffer {
  return readFileSync(new URL(`../assets/${name}`, import.meta.url))
}
