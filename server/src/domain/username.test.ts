import { describe, expect, test } from 'vitest'
import { parseUsername, suggestUsername } from './username.ts'

describe('a username', () => {
  test('is compared folded and shown as typed', () => {
    expect(parseUsername(' Ada_L-1 ')).toEqual({ ok: true, value: { key: 'ada_l-1', display: 'Ada_L-1' } })
    expect(parseUsername('ａｄａ')).toEqual({ ok: true, value: { key: 'ada', display: 'ada' } })
  })

  test.each(['ab', 'a'.repeat(31), 'ada@x.com', 'a b', 'ada!', 'ädä', 'аdа', 'ada\u0000', 'ada\n1', '', 'admin', 'ADMIN', 'Root', 'gatepost', 'ada/1', '../x'])('%j is refused', (text) => {
    expect(parseUsername(text).ok).toBe(false)
  })

  test('is suggested from an address and is usable as it stands', () => {
    expect(suggestUsername('ada.lovelace+x@example.com', '12345').key).toBe('adalovelacex-12345')
    expect(suggestUsername('用户@example.com', '12345').key).toBe('user-12345')
    expect(parseUsername(suggestUsername(`${'a'.repeat(64)}@example.com`, '12345').display).ok).toBe(true)
    expect(parseUsername(suggestUsername('admin@example.com', '12345').display).ok).toBe(true)
  })
})
