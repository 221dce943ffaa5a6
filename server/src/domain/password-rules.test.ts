import { describe, expect, test } from 'vitest'
import { findPasswordProblems, normalisePassword } from './password-rules.ts'

const problemsOf = (password: string, identifiers: string[] = [], common: string[] = []) =>
  findPasswordProblems(password, { identifiers, isCommon: (folded) => common.includes(folded) })

describe('a new password', () => {
  // security case J1
  test('is 8 to 128 characters, counted as people count them', () => {
    const words = 'horse-battery.'.repeat(12)
    for (const length of [8, 9, 64, 127, 128]) expect(problemsOf(words.slice(0, length))).toEqual([])
    expect(problemsOf(words.slice(0, 7))).toEqual(['too_short'])
    expect(problemsOf(words.slice(0, 129))).toEqual(['too_long'])
    expect(problemsOf('🐎🔋🧷📎🧵🧶🪡🪢')).toEqual([])
    expect(problemsOf('🐎🔋🧷📎🧵🧶🪡')).toEqual(['too_short'])
  })

  test('is the same however its accents were typed, and keeps its blanks', () => {
    expect(normalisePassword('cafe\u0301 au lait')).toBe(normalisePassword('caf\u00e9 au lait'))
    expect(normalisePassword('ｐａｓｓ')).toBe('pass')
    expect(normalisePassword('  lead and trail  ')).toBe('  lead and trail  ')
    expect(normalisePassword('Case')).not.toBe(normalisePassword('case'))
  })

  test('needs no digits, capitals or signs', () => {
    expect(problemsOf('correct horse battery staple')).toEqual([])
    expect(problemsOf('onlylowercaseletters')).toEqual([])
  })

  test('that holds NUL or half a character is refused', () => {
    expect(problemsOf('horse\u0000battery')).toEqual(['not_text'])
    expect(problemsOf('horse battery \ud83d')).toEqual(['not_text'])
  })

  test('that is on the block list is refused, also in capitals and in wide letters', () => {
    for (const password of ['sunshine1', 'SunShine1', 'ｓｕｎｓｈｉｎｅ1']) expect(problemsOf(password, [], ['sunshine1'])).toEqual(['too_common'])
    expect(problemsOf('zzzzzzzzzz')).toEqual(['too_common'])
  })

  test('that is little more than what others know of the person is refused', () => {
    const known = ['ada.lovelace@example.com', 'countess', 'Gatepost']
    for (const password of ['ada.lovelace', 'Ada.Lovelace1!', 'ada.lovelace@example.com', 'countess', '12countess', 'GATEPOST1']) {
      expect(problemsOf(password, known)).toEqual(['contains_identifier'])
    }
    expect(problemsOf('countess of the engine', known)).toEqual([])
    expect(problemsOf('adaptable horse', ['ada@example.com'])).toEqual([])
  })

  test('a text that grows when it is normalised is measured after it', () => {
    expect(problemsOf('\ufdfa'.repeat(8))).toEqual(['too_long'])
  })
})
