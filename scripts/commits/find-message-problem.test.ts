import { expect, test } from 'vitest'
import { findMessageProblem } from './find-message-problem.mjs'

test.each([
  'feat(server): sign in with a password',
  'fix(flow)!: codes expire',
  'docs(repo): say what it is',
  'test(sdk, e2e): refresh',
  'Merge branch x',
])('%s is a conventional commit', (subject) => expect(findMessageProblem(subject)).toBeUndefined())

test.each([
  ['sign in with a password', 'is not'],
  ['feat: sign in', 'is not'],
  ['feature(server): sign in', 'type'],
  ['feat(stuff): sign in', 'scope'],
  ['feat(server): sign in.', 'full stop'],
  [`feat(server): ${'long '.repeat(20)}`, 'characters'],
])('%s is refused because of what is wrong: %s', (subject, reason) => expect(findMessageProblem(subject)).toContain(reason))
