import { describe, expect, test } from 'vitest'
import type { FlowId, PasskeyId, SessionId, TenantId, UserId } from '../domain/ids.ts'
import type { Advance, DefinitionName, FlowState, FlowType, Identified, Policy, Proof } from './index.ts'
import { advance, beginState, DEFAULT_POLICY } from './index.ts'

const ADA: Identified = {
  identification: 'email',
  key: 'ada@example.com',
  display: 'Ada@example.com',
  userId: 'user-ada' as UserId,
  email: 'ada@example.com',
  emailDisplay: 'Ada@example.com',
  phone: null,
}
const STRANGER: Identified = { ...ADA, userId: null }
const ADA_BY_NAME: Identified = { ...ADA, identification: 'username', key: 'ada', display: 'Ada' }
const NOBODY_BY_NAME: Identified = { ...ADA_BY_NAME, userId: null, email: null, emailDisplay: null }
const UNVERIFIED: Policy = { ...DEFAULT_POLICY, signup: { isOpen: true, verification: 'off' } }
const CLOSED: Policy = { ...DEFAULT_POLICY, signup: { isOpen: false, verification: 'required' } }

const identified = (who: Identified): Proof => ({ kind: 'identified', identified: who })
const password = (isRight: boolean): Proof => ({ kind: 'password', isRight })
const code = (outcome: 'right' | 'wrong' | 'exhausted'): Proof => ({ kind: 'one_time_code', outcome })
const newPassword: Proof = { kind: 'new_password', hash: 'phc' }
const codeChosen: Proof = { kind: 'chosen', authentication: 'primary_oob_otp_email' }
const passkeyOf = (who: Identified): Proof => ({
  kind: 'passkey',
  isRight: true,
  passkeyId: 'passkey' as PasskeyId,
  identified: { ...who, identification: 'passkey' },
  amr: ['swk', 'user', 'mfa'],
})
const EVE: Identified = { ...ADA, userId: 'user-eve' as UserId }
const active = (isActive: boolean): Proof => ({ kind: 'account_status', isActive, protectionVersion: 0 })

function begin(type: FlowType, given: { definition?: DefinitionName; identified?: Identified } = {}): FlowState {
  return beginState({
    flowId: 'flow' as FlowId,
    type,
    definition: given.definition ?? 'default',
    tenantId: 'tenant' as TenantId,
    binding: 'browser',
    returnTo: '/notes',
    expiresAt: 1,
    ...(type === 'reauth' ? { sessionId: 'session' as SessionId } : {}),
    ...(given.identified ? { identified: given.identified } : {}),
  })
}

/** The advance after the last proof; every one before must have been taken without failure. */
function walk(state: FlowState, proofs: readonly Proof[], policy: Policy = DEFAULT_POLICY): Advance {
  let advanced = advance(state, null, policy)
  for (const proof of proofs) {
    if (advanced.next === 'refused' || advanced.next === 'finished') throw new Error(`${proof.kind} came after the flow was ${advanced.next}`)
    advanced = withoutSecondFactor(advance(advanced.state, proof, policy), policy)
  }
  return advanced
}

/** Where the account is asked for a second factor it has none. */
function withoutSecondFactor(advanced: Advance, policy: Policy): Advance {
  const isAsked = advanced.next === 'fact' && advanced.fact === 'second_factors'
  const further = isAsked ? advance(advanced.state, { kind: 'second_factors', enrolled: [], hasPasskey: false, hasPassword: false, phones: [], isTrustedDevice: false, at: 1 }, policy) : advanced
  const isDeletionAsked = further.next === 'fact' && further.fact === 'account_deletion'
  return isDeletionAsked ? advance(further.state, { kind: 'account_deletion', deleteAt: null }, policy) : further
}

const failureOf = (advanced: Advance) => (advanced.next === 'screen' ? advanced.screen.failure?.code : undefined)
const effectsOf = (advanced: Advance) => advanced.effects.map((effect) => effect.effect)
const screenOf = (advanced: Advance) => (advanced.next === 'screen' ? advanced.screen.screen : advanced.next)

describe('signing in', () => {
  test('begins with the question who it is', () => {
    expect(walk(begin('login'), [])).toMatchObject({ next: 'screen', effects: [], screen: { screen: 'identify', identifications: ['email', 'username', 'passkey'], asksNewPassword: false } })
  })

  test('with the right password of an open account ends in a session', () => {
    const advanced = walk(begin('login'), [identified(ADA), password(true), active(true)])
    expect(advanced).toMatchObject({ next: 'finished', effects: [{ effect: 'create_session', userId: 'user-ada', amr: ['pwd'] }] })
  })

  test('with the right emailed code also proves the address, before the session', () => {
    const asked = walk(begin('login'), [identified(ADA), codeChosen])
    expect(asked).toMatchObject({ screen: { screen: 'enter_one_time_code' }, effects: [{ effect: 'send_code', purpose: 'login', destination: 'ada@example.com', isDecoy: false }] })
    const finished = walk(asked.state, [code('right'), active(true)])
    expect(finished).toMatchObject({ next: 'finished', effects: [{ effect: 'prove_email', email: 'ada@example.com' }, { effect: 'create_session', amr: ['otp'] }] })
  })

  test('looks the same to a stranger, who is never let in', () => {
    expect(walk(begin('login'), [identified(STRANGER)])).toEqual({ ...walk(begin('login'), [identified(ADA)]), state: expect.anything() })
    expect(failureOf(walk(begin('login'), [identified(STRANGER), password(true)]))).toBe('invalid_credentials')
    const asked = walk(begin('login'), [identified(STRANGER), codeChosen])
    expect(asked).toMatchObject({ screen: { screen: 'enter_one_time_code', maskedDestination: 'ad****@example.com' }, effects: [{ effect: 'send_code', userId: null, isDecoy: true }] })
  })

  test('by username never shows where the code went, nor whether it went anywhere', () => {
    const screens = [ADA_BY_NAME, NOBODY_BY_NAME].map((who) => walk(begin('login'), [identified(who), codeChosen]))
    for (const advanced of screens) expect(advanced).toMatchObject({ screen: { screen: 'enter_one_time_code', maskedDestination: '' } })
    expect(screens[1]?.effects).toMatchObject([{ destination: null, isDecoy: true }])
  })

  test('with a wrong password stays where it was', () => {
    const before = walk(begin('login'), [identified(ADA)])
    const after = advance(before.state, password(false), DEFAULT_POLICY)
    expect([failureOf(after), after.state]).toEqual(['invalid_credentials', before.state])
  })

  test('with a passkey names and proves the person at once', () => {
    const advanced = walk(begin('login'), [passkeyOf(ADA), active(true)])
    expect(advanced).toMatchObject({ next: 'finished', effects: [{ effect: 'create_session', userId: 'user-ada', amr: ['swk', 'user', 'mfa'] }] })
    expect(advanced.state).toMatchObject({ passkeyId: 'passkey', isEmailProven: false })
    expect(walk(begin('login'), [passkeyOf(ADA), active(false)])).toMatchObject({ next: 'refused', refusal: 'account_disabled', effects: [] })
  })

  test('with a wrong passkey, or that of somebody else than was named, stays where it was', () => {
    const wrong = advance(begin('login'), { kind: 'passkey', isRight: false }, DEFAULT_POLICY)
    expect([failureOf(wrong), wrong.state]).toEqual(['passkey_refused', begin('login')])
    const named = walk(begin('login'), [identified(ADA)])
    for (const proof of [passkeyOf(EVE), passkeyOf(STRANGER)]) {
      const after = advance(named.state, proof, DEFAULT_POLICY)
      expect([failureOf(after), after.state]).toEqual(['passkey_refused', named.state])
    }
    expect(walk(named.state, [passkeyOf(ADA), active(true)])).toMatchObject({ next: 'finished' })
  })

  test('takes a passkey only where policy does, and only to sign in or to prove again', () => {
    const without: Policy = { ...DEFAULT_POLICY, login: { ...DEFAULT_POLICY.login, authentications: ['primary_password'] } }
    expect(advance(begin('login'), passkeyOf(ADA), without)).toMatchObject({ next: 'refused', refusal: 'unexpected_input' })
    const nameless: Policy = { ...DEFAULT_POLICY, login: { ...DEFAULT_POLICY.login, identifications: ['email'] } }
    expect(advance(begin('login'), passkeyOf(ADA), nameless)).toMatchObject({ next: 'refused', refusal: 'unexpected_input' })
    for (const type of ['signup', 'account_recovery'] as const) {
      expect(advance(begin(type), passkeyOf(ADA), DEFAULT_POLICY)).toMatchObject({ next: 'refused', refusal: 'unexpected_input' })
    }
    const reauth = begin('reauth', { identified: ADA })
    expect(failureOf(walk(reauth, [passkeyOf(EVE)]))).toBe('passkey_refused')
    expect(walk(reauth, [passkeyOf(ADA), active(true)])).toMatchObject({ next: 'finished', effects: [{ effect: 'refresh_authentication' }] })
  })

  test('a disabled account is named only after the right proof', () => {
    expect(walk(begin('login'), [identified(ADA), password(true)])).toMatchObject({ next: 'fact', fact: 'account_status', effects: [] })
    expect(walk(begin('login'), [identified(ADA), password(true), active(false)])).toMatchObject({ next: 'refused', refusal: 'account_disabled', effects: [] })
  })

  test('takes no proof before it is known who it is, and no account status from outside', () => {
    for (const proof of [password(true), code('right'), codeChosen, newPassword, active(true)]) {
      expect(advance(begin('login'), proof, DEFAULT_POLICY)).toMatchObject({ next: 'refused', refusal: 'unexpected_input', effects: [] })
    }
    expect(advance(walk(begin('login'), [identified(ADA)]).state, active(true), DEFAULT_POLICY)).toMatchObject({ next: 'refused' })
  })

  test('a code is only taken after one was asked for', () => {
    expect(advance(walk(begin('login'), [identified(ADA)]).state, code('right'), DEFAULT_POLICY)).toMatchObject({ next: 'refused', refusal: 'unexpected_input' })
  })

  test('who it is cannot be changed once it is known', () => {
    const chosen = walk(begin('login'), [identified(ADA), codeChosen])
    expect(advance(chosen.state, identified({ ...ADA, userId: 'user-eve' as UserId }), DEFAULT_POLICY)).toMatchObject({ next: 'refused', refusal: 'unexpected_input' })
  })

  test('offers and takes only what policy allows', () => {
    const onlyPassword: Policy = { ...DEFAULT_POLICY, login: { identifications: ['email'], authentications: ['primary_password'] } }
    const onlyCode: Policy = { ...DEFAULT_POLICY, login: { identifications: ['email'], authentications: ['primary_oob_otp_email'] } }
    const known = walk(begin('login'), [identified(ADA)], onlyPassword)
    expect(known).toMatchObject({ screen: { authentications: ['primary_password'] } })
    expect(advance(known.state, codeChosen, onlyPassword)).toMatchObject({ next: 'refused', refusal: 'unexpected_input' })
    expect(advance(known.state, password(true), onlyCode)).toMatchObject({ next: 'refused', refusal: 'unexpected_input' })
    expect(failureOf(walk(begin('login'), [identified(ADA_BY_NAME)], onlyPassword))).toBe('invalid_identifier')
  })

  test('an identifier that cannot be one is asked for again', () => {
    expect(walk(begin('login'), [{ kind: 'unusable_identifier' }])).toMatchObject({ screen: { screen: 'identify', failure: { code: 'invalid_identifier' } } })
  })
})

describe('a code', () => {
  const asked = () => walk(begin('login'), [identified(ADA), codeChosen]).state

  test.each([
    [code('wrong'), 'wrong_code'],
    [code('exhausted'), 'code_exhausted'],
    [{ kind: 'code_sent_again', wasTooSoon: true } as const, 'resend_too_soon'],
    [{ kind: 'code_sent_again', wasTooSoon: false } as const, undefined],
  ])('proof %j leaves the flow where it was', (proof, failure) => {
    const state = asked()
    const advanced = advance(state, proof, DEFAULT_POLICY)
    expect([screenOf(advanced), failureOf(advanced), advanced.state, advanced.effects]).toEqual(['enter_one_time_code', failure, state, []])
  })
})

describe('signing up', () => {
  test('with proof of the address makes the account last', () => {
    const named = walk(begin('signup'), [identified(STRANGER)])
    expect([screenOf(named), effectsOf(named)]).toEqual(['new_password', []])
    const chosen = walk(named.state, [newPassword])
    expect(chosen).toMatchObject({ screen: { screen: 'enter_one_time_code' }, effects: [{ effect: 'send_code', purpose: 'signup', isDecoy: false, destination: 'ada@example.com' }] })
    expect(walk(chosen.state, [code('right')])).toMatchObject({
      next: 'finished',
      effects: [
        { effect: 'create_user', email: 'ada@example.com', emailDisplay: 'Ada@example.com', isEmailProven: true, passwordHash: 'phc' },
        { effect: 'create_session', userId: 'created_user', amr: ['pwd', 'otp'] },
      ],
    })
  })

  test('with an address that has an account looks the same, and the code is a decoy', () => {
    const taken = walk(begin('signup'), [identified(ADA), newPassword])
    const free = walk(begin('signup'), [identified(STRANGER), newPassword])
    expect(taken.next === 'screen' && taken.screen).toEqual(free.next === 'screen' && free.screen)
    expect(taken.effects).toMatchObject([{ effect: 'send_code', isDecoy: true }])
  })

  test('without verification makes the account at once, unproven', () => {
    const advanced = walk(begin('signup'), [identified(STRANGER), newPassword], UNVERIFIED)
    expect(advanced).toMatchObject({ next: 'finished', effects: [{ effect: 'create_user', isEmailProven: false }, { effect: 'create_session', amr: ['pwd'] }] })
  })

  test('wants an email address and an acceptable password', () => {
    expect(failureOf(walk(begin('signup'), [identified(ADA_BY_NAME)]))).toBe('invalid_identifier')
    const refused = walk(begin('signup'), [identified(STRANGER), { kind: 'unacceptable_password', problems: ['too_short'] }])
    expect(refused).toMatchObject({ screen: { screen: 'new_password', failure: { code: 'unacceptable_password', problems: ['too_short'] } }, effects: [] })
  })

  test('is refused at every step while it is closed', () => {
    const states = [begin('signup'), walk(begin('signup'), [identified(STRANGER)]).state, walk(begin('signup'), [identified(STRANGER), newPassword]).state]
    for (const state of states) {
      for (const proof of [null, identified(STRANGER), newPassword, code('right')]) {
        expect(advance(state, proof, CLOSED)).toMatchObject({ next: 'refused', refusal: 'signup_closed', effects: [] })
      }
    }
  })

  test('being closed stops nobody from signing in', () => {
    expect(walk(begin('login'), [identified(ADA), password(true), active(true)], CLOSED).next).toBe('finished')
  })
})

describe('account recovery', () => {
  test('sends the code, takes the new password after it, and ends every session', () => {
    const sent = walk(begin('account_recovery'), [identified(ADA)])
    expect(sent).toMatchObject({ screen: { screen: 'enter_one_time_code' }, effects: [{ effect: 'send_code', purpose: 'account_recovery', isDecoy: false }] })
    expect(advance(sent.state, newPassword, DEFAULT_POLICY)).toMatchObject({ next: 'refused', refusal: 'unexpected_input' })
    const finished = walk(sent.state, [code('right'), newPassword])
    expect(effectsOf(finished)).toEqual(['prove_email', 'set_password', 'end_sessions'])
    expect(finished.effects).toMatchObject([{ userId: 'user-ada' }, { userId: 'user-ada', hash: 'phc' }, { userId: 'user-ada' }])
  })

  test('can take the new password first, as the JSON challenge does', () => {
    const asked = walk(begin('account_recovery', { definition: 'password_first' }), [identified(ADA), newPassword])
    expect([screenOf(asked), effectsOf(asked)]).toEqual(['enter_one_time_code', ['send_code']])
    expect(effectsOf(walk(asked.state, [code('right')]))).toEqual(['prove_email', 'set_password', 'end_sessions'])
  })

  test('sends a stranger a decoy and wants an email address', () => {
    expect(walk(begin('account_recovery'), [identified(STRANGER)]).effects).toMatchObject([{ effect: 'send_code', userId: null, isDecoy: true }])
    expect(failureOf(walk(begin('account_recovery'), [identified(ADA_BY_NAME)]))).toBe('invalid_identifier')
  })

  test('signs nobody in', () => {
    expect(effectsOf(walk(begin('account_recovery'), [identified(ADA), code('right'), newPassword]))).not.toContain('create_session')
  })
})

describe('re-authentication', () => {
  test('begins at the proof, of the session’s own user, and renews the session', () => {
    const begun = begin('reauth', { identified: ADA })
    expect(walk(begun, [])).toMatchObject({ screen: { screen: 'authenticate', flow: 'reauth', displayIdentifier: 'Ada@example.com' } })
    expect(walk(begun, [password(true), active(true)])).toMatchObject({ next: 'finished', effects: [{ effect: 'refresh_authentication', sessionId: 'session', amr: ['pwd'] }] })
    expect(walk(begun, [codeChosen, code('right'), active(true)])).toMatchObject({ next: 'finished', effects: [{ effect: 'refresh_authentication', amr: ['otp'] }] })
  })

  test('of a disabled account, with a wrong password or as somebody else is refused', () => {
    const begun = begin('reauth', { identified: ADA })
    expect(walk(begun, [password(true), active(false)])).toMatchObject({ next: 'refused', refusal: 'account_disabled' })
    expect(failureOf(walk(begun, [password(false)]))).toBe('invalid_credentials')
    expect(walk(begun, [identified({ ...ADA, userId: 'user-eve' as UserId })])).toMatchObject({ next: 'refused', refusal: 'unexpected_input' })
  })
})

test('asking where a flow stands changes nothing', () => {
  const states = [begin('login'), begin('signup'), begin('account_recovery'), walk(begin('login'), [identified(ADA), codeChosen]).state]
  for (const state of states) {
    const looked = advance(state, null, DEFAULT_POLICY)
    expect([looked.state, looked.effects]).toEqual([state, []])
  }
})
