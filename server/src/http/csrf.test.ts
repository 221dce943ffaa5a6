import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createSealer } from '../platform/sealing.ts'
import { createCsrf } from './csrf.ts'

const random = { bytes: (length: number) => randomBytes(length) }
const sealer = createSealer(['11'.repeat(32)], random)
const csrf = createCsrf({ sealer, random })

describe('the CSRF token', () => {
  test('passes when cookie and field agree and the session is its own', () => {
    const token = csrf.issue('session-1')
    expect(csrf.isValid(token, token, 'session-1')).toBe(true)
    const anonymous = csrf.issue(undefined)
    expect(csrf.isValid(anonymous, anonymous, undefined)).toBe(true)
  })

  test('of another session, or of nobody, does not pass for a session', () => {
    for (const token of [csrf.issue('session-2'), csrf.issue(undefined)]) expect(csrf.isValid(token, token, 'session-1')).toBe(false)
  })

  test('a planted pair that was not made here does not pass', () => {
    const [nonce, subject] = csrf.issue('session-1').split('.')
    const other = createCsrf({ sealer: createSealer(['22'.repeat(32)], random), random }).issue('session-1')
    for (const forged of ['x', 'a.b.c', `${nonce}.${subject}.`, `${nonce}.${subject}.AAAA`, other, '']) {
      expect(csrf.isValid(forged, forged, 'session-1')).toBe(false)
      expect(csrf.isValid(forged, forged, undefined)).toBe(false)
    }
  })

  test('cookie and field must be the same, and both there', () => {
    const token = csrf.issue(undefined)
    for (const other of [undefined, '', token.slice(0, -1), `${token}x`, token.toUpperCase(), csrf.issue(undefined)]) {
      expect(csrf.isValid(token, other, undefined)).toBe(false)
      expect(csrf.isValid(other, token, undefined)).toBe(false)
    }
  })

  test('a part of one token does not work in another', () => {
    const [nonce] = csrf.issue('session-1').split('.')
    const [, subject, mac] = csrf.issue('session-1').split('.')
    const mixed = `${nonce}.${subject}.${mac}`
    expect(csrf.isValid(mixed, mixed, 'session-1')).toBe(false)
  })

  test('the binding of a flow is the browser, not the session', () => {
    const token = csrf.issue(undefined)
    expect(csrf.bindingOf(token)).toBe(csrf.bindingOf(token))
    expect(csrf.bindingOf(token)).not.toBe(csrf.bindingOf(csrf.issue(undefined)))
    expect(csrf.bindingOf(token)).not.toBe(csrf.bindingOf(undefined))
  })
})
