import { Linter, type Rule } from 'eslint'
import { expect, test } from 'vitest'
import {
  environmentInConfigOnly,
  guardedFetch,
  injectedClock,
  injectedRandom,
  loggerNotConsole,
  namedExports,
} from './restrictions.mjs'

test.each([
  ['process.env.HOME', environmentInConfigOnly],
  ["process['env']", environmentInConfigOnly],
  ['const { env } = process', environmentInConfigOnly],
  ["import { env } from 'node:process'", environmentInConfigOnly],
  ['Date.now()', injectedClock],
  ['const now = Date.now', injectedClock],
  ['new Date()', injectedClock],
  ['performance.now()', injectedClock],
  ['Math.random()', injectedRandom],
  ["fetch('https://example.com')", guardedFetch],
  ['globalThis.fetch', guardedFetch],
  ['start({}, fetch)', guardedFetch],
  ["console.log('x')", loggerNotConsole],
  ['export default 1', namedExports],
  ['const a = 1; export { a as default }', namedExports],
])('%s is forbidden', (code, rule) => expect(problemsIn(code, rule)).toHaveLength(1))

test.each([
  ['new Date(0)', injectedClock],
  ['clock.now()', injectedClock],
  ['outbound.fetch(url)', guardedFetch],
  ['export const a = 1', namedExports],
])('%s is not', (code, rule) => expect(problemsIn(code, rule)).toEqual([]))

function problemsIn(code: string, rule: Rule.RuleModule): string[] {
  const plugins = { gatepost: { rules: { restriction: rule } } }
  const messages = new Linter().verify(code, { plugins, rules: { 'gatepost/restriction': 'error' } })
  return messages.map(({ message }) => message)
}
