// No database takes part: a file is judged before anything is asked.
import { expect, test } from 'vitest'
import { readDeclared } from '../../src/services/settings/read-declared.ts'

test('settings that contradict themselves are refused with their names', () => {
  for (const [text, problem] of [
    ['session: { idle_days: 61 }', 'session.idle_days: must not be longer than `absolute_days`'],
    ['session: { maximum_per_user: -1 }', 'session.maximum_per_user'],
    ['signup: { mode: allow_list }', 'signup.allowed: must name at least one'],
    ["signup: { mode: allow_list, allowed: ['@example.com'], verification: off }", 'signup.verification: must be `required` with `mode: allow_list`'],
    ["signup: { mode: allow_list, allowed: ['*.example.com'] }", 'signup.allowed.0: must be an address or a domain'],
    ['lockout: { attempts: 101 }', 'lockout.attempts'],
    ['lockout: { minimum_minutes: 60, maximum_minutes: 30 }', 'lockout.minimum_minutes: must not be longer'],
  ] as const) {
    const parsed = readDeclared(text)
    expect([text, parsed.ok ? [] : parsed.failure]).toEqual([text, [expect.stringContaining(problem)]])
  }
})
