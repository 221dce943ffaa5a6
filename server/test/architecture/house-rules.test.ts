import { describe, expect, test } from 'vitest'
import { countLines, isDrawer, MAX_FILE_LINES, suppressionsWithoutReason } from './house-rules.ts'
import { listPaths, readSources } from './list-sources.ts'

describe('the repository', () => {
  test('has no drawer: every folder and file is named after what is in it', async () => {
    expect((await listPaths()).filter(isDrawer)).toEqual([])
  })

  test(`has no code file of more than ${MAX_FILE_LINES} lines`, async () => {
    const tooLong = (await readSources()).filter(({ text }) => countLines(text) > MAX_FILE_LINES)
    expect(tooLong.map(({ path }) => path)).toEqual([])
  })

  test('gives a reason with every suppressed rule', async () => {
    const sources = await readSources()
    const without = sources.map(({ path, text }) => ({ path, written: suppressionsWithoutReason(text) }))
    expect(without.filter(({ written }) => written.length > 0)).toEqual([])
  })
})

describe('the rules catch', () => {
  test.each([
    'server/src/utils',
    'server/src/http/http-helpers.ts',
    'sdk/node/src/common',
    'a/SessionManager.ts',
    'a/misc.mjs',
    'a/http-common.test.ts',
  ])('the drawer %s', (path) => expect(isDrawer(path)).toBe(true))

  test.each(['server/src/http/community.ts', 'a/common-passwords.ts', 'a/password-hash.ts'])('no drawer in %s', (path) =>
    expect(isDrawer(path)).toBe(false),
  )

  const ESLINT = ['eslint', 'disable'].join('-')
  const EXPECT_ERROR = ['@ts', 'expect-error'].join('-')
  test.each([
    `// ${ESLINT}-next-line no-console`,
    `/* ${ESLINT} */`,
    `// ${ESLINT}-line no-console -- because`,
    `// ${EXPECT_ERROR}`,
    `// ${['@ts', 'ignore'].join('-')} a reason does not help here`,
  ])('the suppression without a reason: %s', (line) => expect(suppressionsWithoutReason(`const a = 1\n${line}\n`)).toHaveLength(1))

  test.each([`// ${ESLINT}-next-line no-console -- the command answers here`, `// ${EXPECT_ERROR}: the type says less than RFC 7519`])(
    'nothing in the suppression with a reason: %s',
    (line) => expect(suppressionsWithoutReason(line)).toEqual([]),
  )
})
