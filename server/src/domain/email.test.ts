import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskEmail, parseEmail } from './email.ts'

const keyOf = (text: string) => {
  const parsed = parseEmail(text)
  return parsed.ok ? parsed.value.key : undefined
}

describe('an email address', () => {
  test('is compared normalised and shown as typed', () => {
    expect(parseEmail('  Ada.Lovelace@Example.COM ')).toEqual({ ok: true, value: { key: 'ada.lovelace@example.com', display: 'Ada.Lovelace@example.com' } })
    expect(keyOf('ada@BÜCHER.example')).toBe('ada@xn--bcher-kva.example')
    expect(keyOf('ada@xn--bcher-kva.example')).toBe('ada@xn--bcher-kva.example')
    expect(keyOf('ａｄａ@example.com')).toBe('ada@example.com')
  })

  test.each(["o'brien+tag@example.com", 'a@b.co', '用户@例子.广告', 'x_y-z@a-b.example', `${'a'.repeat(64)}@example.com`])('%s is accepted', (text) => {
    expect(keyOf(text)).toBeDefined()
  })

  // security cases H8 and H14
  test.each([
    'a@x.com,v@y.com', 'a@x.com;v@y.com', 'a@x.com v@y.com', 'a@x@y.com', '@x.com', 'a@', 'a', '"v@corp.com x"@evil.example', '"a"@x.com', '<a@x.com>', 'Ada <a@x.com>',
    'a(comment)@x.com', 'a@x.com(comment)', 'a@x.com\r\nBcc: v@y.com', 'a@x.com\nBcc:v@y.com', 'a%0aBcc:v@y.com', 'a\u0000@x.com', 'a@x.com\u0000', 'a@[127.0.0.1]',
    'a@127.0.0.1', 'a@2130706433', 'a@0x7f.1', 'a@x', 'a@localhost', 'a@x.com.', 'a@.x.com', 'a@x..com', 'a@-x.com', 'a@x-.com', '.a@x.com', 'a.@x.com', 'a..b@x.com',
    'a@x.com/', 'a@x.com?y', 'a@x.com#', 'a@x.com:25', 'a@user:pw@x.com', 'a@x_y.com', 'a@x.com\\', 'a＠x.com@y.com', 'a@x.com＠evil.example', `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(64)}.com`, `a@${'b.'.repeat(130)}com`, '', ' ', 'a b@x.com', 'a@x .com', '\u202ea@x.com', 'a@x。com@y.com',
  ])('%j is refused', (text) => {
    expect(keyOf(text)).toBeUndefined()
  })

  test('whatever is accepted holds one at-sign, no blank and no list, and is its own key', () => {
    const pieces = fc.constantFrom('a', '@', '.', ',', ';', '<', '>', '"', ' ', '\r\n', '＠', '。', 'x.com', 'É', '\u0000', '(', ')', '%0a', ':', '[', ']')
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 8 }), (parts) => {
        const parsed = parseEmail(parts.join(''))
        if (!parsed.ok) return
        const { key, display } = parsed.value
        for (const text of [key, display]) expect(text).toMatch(/^[^\s@,;:<>"()[\]\\\u0000]+@[a-z0-9.-]+$/)
        expect(keyOf(key)).toBe(key)
        expect(keyOf(display)).toBe(key)
      }),
      { numRuns: 5_000 },
    )
  })

  test('is masked so that only its owner recognises it', () => {
    expect(maskEmail('ada.lovelace@example.com')).toBe('ad****@example.com')
    expect(maskEmail('ad@example.com')).toBe('a****@example.com')
    expect(maskEmail('𝒶𝒷𝒸@example.com')).toBe('𝒶𝒷****@example.com')
  })
})
