// docs/authenticators.md says which test walks what: each is there, and nothing that the contract names was left out.
import { describe, expect, test } from 'vitest'
import type { Schema } from './document.ts'
import { readRepositoryFile, resolveRef } from './document.ts'

const PAGE = readRepositoryFile('docs/authenticators.md')
const AUTHENTICATORS = ['password', 'passkey', 'authenticator app (TOTP)', 'recovery codes', 'trusted browser', 'mailed code', 'mailed link', 'code by SMS', 'code by WhatsApp']
const USES = ['authenticator', 'sign-up', 'sign-in', 'second factor', 'step-up', 'recovery', 'removal']
const KEY = /\b[A-Z]\d\b/g

/** The cells of the table below a heading, its head first. */
function tableBelow(heading: string): string[][] {
  const section = PAGE.split(/^## /m).find((one) => one.startsWith(`${heading}\n`)) ?? ''
  const lines = section.split('\n').filter((line) => line.startsWith('|') && !line.startsWith('|---'))
  return lines.map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()))
}

const keysIn = (text: string): string[] => text.match(KEY) ?? []
const tests = tableBelow('The tests')
  .slice(1)
  .map(([key = '', link = '', title = '']) => ({ key, file: /^\[[\w.-]+\]\(\.\.\/(.+)\)$/.exec(link)?.[1] ?? link, title }))

/** Whether a test file has a test of that title; what is filled into a title stands for anything. */
function hasTest(source: string, title: string): boolean {
  const titles = [...source.matchAll(/\btest(?:\.each\([\s\S]*?\))?\(\s*(['`])(.+?)(?<!\\)\1/g)].map(([, , text = '']) => text.replaceAll("\\'", "'"))
  return titles.some((one) => new RegExp(`^${one.split(/\$\{[^}]*\}|\$\w+/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+')}$`).test(title))
}

describe('the page about authenticators', () => {
  test('names tests that are there', () => {
    expect(tests.length).toBeGreaterThan(20)
    expect(new Set(tests.map(({ key }) => key)).size).toBe(tests.length)
    expect(tests.filter(({ file, title }) => !hasTest(readRepositoryFile(file), title)).map(({ key }) => key)).toEqual([])
  })

  test('uses every test that it lists, and no other', () => {
    const used = new Set(keysIn(PAGE.slice(0, PAGE.indexOf('## The tests'))))
    expect([...used].sort()).toEqual(tests.map(({ key }) => key).sort())
  })

  test('has a test for every use of every authenticator, or says why there is no such use', () => {
    const [head, ...rows] = tableBelow('In the pages')
    expect(head).toEqual(USES)
    expect(rows.map(([authenticator]) => authenticator)).toEqual(AUTHENTICATORS)
    for (const [authenticator, ...cells] of rows) expect(unexplained(cells, USES.length - 1), authenticator).toEqual([])
  })

  test('has a test for every way of proving that the contract of the flow API names', () => {
    const [head = [], ...rows] = tableBelow('In the Authentication Flow API')
    expect(rows.map(([value = '']) => value.slice(1, -1)).sort()).toEqual(authenticationsOfContract())
    for (const [value, ...cells] of rows) expect(unexplained(cells, head.length - 1), value).toEqual([])
  })
})

/** The cells that neither name a test nor give a reason, and what is missing of the row. */
function unexplained(cells: readonly string[], expected: number): string[] {
  const empty = cells.filter((cell) => !/^no: .{10}/.test(cell) && keysIn(cell).length === 0)
  return cells.length === expected ? empty : [...empty, `${cells.length} cells`]
}

function authenticationsOfContract(): string[] {
  const { anyOf = [] } = resolveRef('#/components/schemas/AuthenticationFlowInput') as Schema
  const values = anyOf.flatMap(({ properties }) => [properties?.['authentication']?.['const'], ...((properties?.['authentication']?.['enum'] as unknown[] | undefined) ?? [])])
  return [...new Set(values.filter((value) => typeof value === 'string'))].sort()
}
