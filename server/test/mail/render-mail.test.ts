import { describe, expect, test } from 'vitest'
import type { MailRequest } from '../../src/domain/mail.ts'
import { DEFAULT_WORDING } from '../../src/languages/index.ts'
import { renderMail } from '../../src/outbound/mail/render-mail.ts'

const SETTINGS = { brandName: 'Acme', publicUrl: 'https://app.example.com', basePath: '/auth', codeLifetimeMinutes: 10 }
const AT = Date.UTC(2026, 10, 22, 14, 5, 59)
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'
const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)'
const to = 'person@example.org'

const CODE_TEMPLATES = ['signup_code', 'login_code', 'recovery_code', 'reauthentication_code', 'email_change_code'] as const
const LINK_TEMPLATES = ['login_link', 'recovery_link', 'reauthentication_link', 'second_factor_link'] as const
const LINK_SECRET = 'A-secret_of_43_characters_in_base64url_AAAA'
const REQUESTS: MailRequest[] = [
  ...CODE_TEMPLATES.map((template) => ({ to, template, code: '402917' })),
  ...LINK_TEMPLATES.map((template) => ({ to, template, link: LINK_SECRET })),
  { to, template: 'signup_existing_account' },
  { to, template: 'email_changed', newAddressMasked: 'ne****@example.net' },
  { to, template: 'password_changed', at: AT, ip: '203.0.113.9' },
  { to, template: 'passkey_created', at: AT, ip: '203.0.113.9', userAgent: FIREFOX },
  { to, template: 'passkey_removed', at: AT, ip: '203.0.113.9', userAgent: FIREFOX },
  { to, template: 'new_sign_in', at: AT, ip: '2001:db8::7', userAgent: FIREFOX },
  { to, template: 'refresh_token_reuse', at: AT, ip: '203.0.113.9', userAgent: FIREFOX },
  { to, template: 'account_deleted', at: AT },
]

describe.each(REQUESTS.map((request) => [request.template, request] as const))('the %s mail', (_, request) => {
  const mail = renderMail(request, SETTINGS, DEFAULT_WORDING)

  test('goes to the address of the request and names the brand in a subject of one line', () => {
    expect(mail.to).toBe(to)
    expect(mail.subject).toMatch(/^[^\r\n]*Acme[^\r\n]*$/)
  })

  test('has a text and an HTML part without gaps, and the HTML is small', () => {
    for (const part of [mail.text, mail.html]) expect(part).not.toMatch(/undefined|null|NaN|\[object|=>|\\/)
    expect(mail.text).not.toContain('<')
    expect(mail.html).toContain('color-scheme')
    expect(Buffer.byteLength(mail.html)).toBeLessThan(10_000)
  })

  test('links only below the configured address and loads nothing', () => {
    const links = [...`${mail.text} ${mail.html.replaceAll('&#61;', '=')}`.matchAll(/https?:\/\/[^\s"<]+/g)].map(([link]) => link)
    const isLink = LINK_TEMPLATES.some((template) => template === request.template)
    const allowed = isLink ? /^https:\/\/app\.example\.com\/auth\/login_link\?token=[\w-]{43}$/ : /^https:\/\/app\.example\.com\/auth\/(login|reset_password|settings)$/
    for (const link of links) expect(link).toMatch(allowed)
    expect(mail.html).not.toMatch(/<(img|script|link|iframe|table)\b|url\(|\bsrc=/)
  })
})

test.each(CODE_TEMPLATES)('a %s mail shows the code in both parts, never in the subject or before the first sentence', (template) => {
  const mail = renderMail({ to, template, code: '402917' }, SETTINGS, DEFAULT_WORDING)
  expect(mail.subject).not.toContain('402917')
  expect(mail.html.match(/402917/g)).toHaveLength(1)
  expect(mail.text).toMatch(/enter this code[\s\S]*10 minutes[\s\S]*^ {4}402917$/im)
  expect(mail.html).toMatch(/font-size:36px[^>]*>402917</)
})

test.each(LINK_TEMPLATES)('a %s mail has its link once in each part, never in the subject, and a code beside it where one was made', (template) => {
  const [alone, both] = [undefined, '402917'].map((code) => renderMail({ to, template, link: LINK_SECRET, ...(code === undefined ? {} : { code }) }, SETTINGS, DEFAULT_WORDING))
  for (const mail of [alone!, both!]) {
    expect(mail.subject).not.toContain(LINK_SECRET)
    expect([mail.text.match(/token=/g)?.length, mail.html.match(/token&#61;/g)?.length]).toEqual([1, 1])
    expect(mail.text).toContain('10 minutes')
  }
  expect([alone!.text.includes('enter this code'), both!.text.includes('enter this code'), both!.text.includes('402917')]).toEqual([false, true, true])
})

test('a hostile secret of a link stays inside its address', () => {
  const mail = renderMail({ to, template: 'login_link', link: '"><script>x</script> &b=1#y\r\nz' }, SETTINGS, DEFAULT_WORDING)
  expect(mail.html).not.toContain('<script>')
  expect(mail.text).toMatch(/login_link\?token=[\w%.-]+$/m)
})

test('no two templates have the same subject', () => {
  expect(new Set(REQUESTS.map((request) => renderMail(request, SETTINGS, DEFAULT_WORDING).subject)).size).toBe(REQUESTS.length)
})

test('a new sign-in is told with time in UTC, device and address', () => {
  const mail = renderMail({ to, template: 'new_sign_in', at: AT, ip: '2001:db8::7', userAgent: FIREFOX }, SETTINGS, DEFAULT_WORDING)
  expect(mail.text).toContain('When: 22 Nov 2026, 14:05 UTC\nDevice: Firefox on Windows\nIP address: 2001:db8::7')
})

test.each([
  [FIREFOX, 'Firefox on Windows'],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`, 'Edge on Windows'],
  [`Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${WEBKIT} Version/18.6 Mobile/15E148 Safari/604.1`, 'Safari on iPhone'],
  [`Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} Chrome/142.0.0.0 Mobile Safari/537.36`, 'Chrome on Android'],
  ['curl/8.5.0', 'curl'],
  ['', 'an unrecognised device'],
  ['Call 0800-EVIL or visit evil.example/now', 'an unrecognised device'],
])('the user agent %j is shown as %j', (userAgent, device) => {
  const mail = renderMail({ to, template: 'refresh_token_reuse', at: AT, ip: '203.0.113.9', userAgent }, SETTINGS, DEFAULT_WORDING)
  expect(mail.text).toContain(`Device: ${device}\n`)
  expect(mail.html).toContain(device)
})

test.each([
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  'x\r\nBcc: victim@example.net\r\n\r\nInjected',
  "' onmouseover='alert(1)",
  '\u202Ereversed\u2066 \u0000\u001b[31m \u2028 http://evil.example/',
  '${7*7}!{{constructor}}',
])('the hostile value %j changes neither the markup nor the lines of a mail', (hostile) => {
  const requests = (value: string): MailRequest[] => [
    { to, template: 'new_sign_in', at: AT, ip: value, userAgent: value },
    { to, template: 'refresh_token_reuse', at: AT, ip: `fe80::1%${value}`, userAgent: `${FIREFOX} ${value}` },
    { to, template: 'password_changed', at: AT, ip: value },
    { to, template: 'email_changed', newAddressMasked: value },
    { to, template: 'login_code', code: value },
  ]
  const brands = (value: string) => ({ ...SETTINGS, brandName: value })
  const notice: MailRequest = { to, template: 'signup_existing_account' }
  const cases = [
    ...requests(hostile).map((request, index) => [renderMail(request, SETTINGS, DEFAULT_WORDING), renderMail(requests('plain')[index]!, SETTINGS, DEFAULT_WORDING)] as const),
    [renderMail(notice, brands(hostile), DEFAULT_WORDING), renderMail(notice, brands('plain'), DEFAULT_WORDING)] as const,
  ]
  for (const [mail, harmless] of cases) {
    expect(listTags(mail.html)).toEqual(listTags(harmless.html))
    expect(mail.text.split(/[\r\n\u2028\u2029]/)).toHaveLength(harmless.text.split('\n').length)
    expect(`${mail.subject}${mail.text.replaceAll('\n', '')}${mail.html.replaceAll('\n', '')}`).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(mail.html).not.toMatch(/href="[^"]*evil/)
  }
})

test('an overlong value is cut', () => {
  const mail = renderMail({ to, template: 'email_changed', newAddressMasked: 'a'.repeat(100_000) }, SETTINGS, DEFAULT_WORDING)
  expect(mail.text.length).toBeLessThan(2_000)
  expect(mail.html.length).toBeLessThan(10_000)
})

test('a server at the root of its own host links to its root', () => {
  const settings = { ...SETTINGS, publicUrl: 'https://auth.example.com', basePath: '/' }
  const mail = renderMail({ to, template: 'signup_existing_account' }, settings, DEFAULT_WORDING)
  expect(mail.text).toContain('https://auth.example.com/login\n')
  expect(mail.html).toContain('href="https://auth.example.com/reset_password"')
})

test('the support address is linked when it is a web or mail address, and never when it could run a script', () => {
  const request: MailRequest = { to, template: 'email_changed', newAddressMasked: 'n****@example.net' }
  expect(renderMail(request, { ...SETTINGS, supportUrl: 'https://help.example.com/' }, DEFAULT_WORDING).html).toContain('href="https://help.example.com/"')
  expect(renderMail(request, { ...SETTINGS, supportUrl: 'javascript:alert(1)' }, DEFAULT_WORDING).html).not.toContain('javascript')
})

function listTags(html: string): string[] {
  return [...html.replace(/<title>[^<]*/, '').matchAll(/<[^>]*>/g)].map(([tag]) => tag)
}
