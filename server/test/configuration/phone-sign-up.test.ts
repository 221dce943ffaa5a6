// Settings by which people sign up by a number, and those that would shut them out again.
import { expect, test } from 'vitest'
import { readDeclared } from '../../src/services/settings/read-declared.ts'
import { PASSWORDLESS_SIGNUP, PHONE_SIGNUP } from '../harness/phones.ts'

function problemsOf(text: string): readonly string[] {
  const read = readDeclared(text)
  return read.ok ? [] : read.failure
}

test.each([
  ['an address alone', 'signup: { identifications: [email] }'],
  ['both', PHONE_SIGNUP],
  ['both, a number without a password', PASSWORDLESS_SIGNUP],
  ['a number alone, recovered by it', 'signup: { identifications: [phone] }\nlogin: { identifications: [phone], authentications: [primary_password] }\nrecovery: { destinations: [phone] }'],
  ['a number alone, on the page that signs in', 'signup: { identifications: [phone], with_login: true }\nlogin: { identifications: [phone], authentications: [primary_oob_otp_sms] }'],
])('accounts may begin with %s', (_what, text) => {
  expect(problemsOf(text)).toEqual([])
})

test.each([
  ['nothing', 'signup: { identifications: [] }', ['signup.identifications: must name at least one']],
  ['a username', 'signup: { identifications: [username] }', [expect.stringMatching(/^signup\.identifications\.0: /) as string]],
  [
    'a number that signs nobody in',
    'signup: { identifications: [phone] }',
    [
      'login.identifications: must name phone with `signup.identifications: [phone]`: nobody could sign in by the number they signed up by',
      'recovery.destinations: must name phone with `signup.identifications: [phone]`, unless login.authentications names primary_oob_otp_sms: who forgot their password could not come back',
    ],
  ],
  [
    'a number that nothing proves',
    PHONE_SIGNUP.replace('primary_password, primary_oob_otp_email, primary_oob_otp_sms', 'primary_oob_otp_email'),
    ['login.authentications: must name primary_password or primary_oob_otp_sms with `signup.identifications: [phone]`'],
  ],
  [
    'a number beside a list of addresses',
    PHONE_SIGNUP.replace('signup: {', 'signup: { mode: allow_list, allowed: ["@example.com"],'),
    ['signup.identifications: cannot name phone with `mode: allow_list`, which lists addresses'],
  ],
  ['an address where the page that makes accounts takes none', 'signup: { with_login: true }\nlogin: { identifications: [username] }', [expect.stringMatching(/^login\.identifications: must name email/) as string]],
])('accounts may not begin with %s', (_what, text, problems) => {
  expect(problemsOf(text)).toEqual(problems)
})
