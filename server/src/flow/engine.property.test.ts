import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { claimDefinition } from '../domain/profile/attribute.ts'
import type { FlowId, InvitationId, PasskeyId, SessionId, TenantId, UserId } from '../domain/ids.ts'
import type { FlowState, Identified, Policy, Proof } from './index.ts'
import { advance, beginState, DEFAULT_POLICY } from './index.ts'

const person = (userId: string | null, identification: 'email' | 'username'): Identified => ({
  identification,
  key: `${userId ?? 'nobody'}@example.com`,
  display: `${userId ?? 'nobody'}@example.com`,
  userId: userId as UserId | null,
  email: userId === null && identification === 'username' ? null : `${userId ?? 'nobody'}@example.com`,
  emailDisplay: null,
  phone: null,
})

const passkeyOf = (userId: string): Proof => ({
  kind: 'passkey',
  isRight: true,
  passkeyId: 'passkey' as PasskeyId,
  identified: { ...person(userId, 'email'), identification: 'passkey' },
  amr: ['hwk', 'user', 'mfa'],
})

const anybody = fc
  .record({ userId: fc.constantFrom('ada', 'eve', null), identification: fc.constantFrom('email' as const, 'username' as const) })
  .map(({ userId, identification }): Proof => ({ kind: 'identified', identified: person(userId, identification) }))

/** Everything a service may report short of a right password or a right code. */
const withoutRightProof: fc.Arbitrary<Proof> = fc.oneof(
  anybody,
  fc.constantFrom<Proof>(
    { kind: 'unusable_identifier' },
    { kind: 'chosen', authentication: 'primary_password' },
    { kind: 'chosen', authentication: 'primary_oob_otp_email' },
    { kind: 'password', isRight: false },
    { kind: 'passkey', isRight: false },
    { kind: 'one_time_code', outcome: 'wrong' },
    { kind: 'one_time_code', outcome: 'exhausted' },
    { kind: 'code_sent_again', wasTooSoon: true },
    { kind: 'code_sent_again', wasTooSoon: false },
    { kind: 'new_password', hash: 'phc' },
    { kind: 'unacceptable_password', problems: ['too_short'] },
    { kind: 'account_status', isActive: true, protectionVersion: 0 },
    { kind: 'account_status', isActive: false, protectionVersion: 0 },
    { kind: 'unusable_invitation' },
    { kind: 'profile', values: { team: 'Blue' } },
    { kind: 'unacceptable_profile', faults: [{ name: 'team', problem: 'required' }] },
    { kind: 'sessions_to_end', sessions: { count: 1, through: 'session' as SessionId, shown: [] } },
    { kind: 'ending_confirmed' },
    { kind: 'recovery_codes', codes: ['CODE'] },
    { kind: 'recovery_codes_kept' },
    { kind: 'second_factors', enrolled: [], hasPasskey: false, hasPassword: false, phones: [], isTrustedDevice: false, at: 1 },
    { kind: 'second_factors', enrolled: [], hasPasskey: false, hasPassword: false, phones: [], isTrustedDevice: true, at: 1 },
    { kind: 'totp_key', key: 'KEY' },
    { kind: 'totp_set_up', step: null },
    { kind: 'totp_set_up', step: 3 },
    { kind: 'second_factor', authentication: 'secondary_totp', isRight: false, wantsTrust: true },
    { kind: 'second_factor', authentication: 'secondary_totp', isRight: true, wantsTrust: true },
  ),
)
const INVITED: Proof = { kind: 'invited', identified: person(null, 'email'), invitation: { id: 'invitation' as InvitationId, role: 'admin' } }
const anyProof = fc.oneof(
  { arbitrary: withoutRightProof, weight: 3 },
  { arbitrary: fc.constantFrom<Proof>({ kind: 'password', isRight: true }, { kind: 'one_time_code', outcome: 'right' }, passkeyOf('ada'), passkeyOf('eve'), INVITED), weight: 1 },
)
/** A proof and which of the states so far it is submitted to: older states stay usable. */
const moves = (proof: fc.Arbitrary<Proof>) => fc.array(fc.record({ proof, back: fc.nat(3) }), { maxLength: 12 })

const policies: fc.Arbitrary<Policy> = fc.record({
  signup: fc.record({ isOpen: fc.boolean(), verification: fc.constantFrom('required' as const, 'optional' as const, 'off' as const), isWithLogin: fc.boolean() }),
  secondFactor: fc.record({
    mode: fc.constantFrom('off' as const, 'optional' as const, 'required' as const),
    authentications: fc.constant(['secondary_totp', 'recovery_code'] as const),
    graceUntil: fc.constantFrom(null, 0, 2),
    trustedDeviceDays: fc.constantFrom(0, 30),
    passkeyCounts: fc.boolean(),
  }),
  recovery: fc.record({ destinations: fc.constantFrom(['email'] as const, ['email', 'phone'] as const) }),
  messaging: fc.constant({ channels: ['whatsapp', 'sms'] as const }),
  password: fc.record({
    minimumLength: fc.constantFrom(8, 15),
    blockedWords: fc.constant([]),
    breachedCheck: fc.constantFrom('off' as const, 'file' as const),
    breachedOnFailure: fc.constant('allow' as const),
    history: fc.constantFrom(0, 3),
    maximumAgeDays: fc.constantFrom(0, 90),
  }),
  session: fc.record({
    idleDays: fc.constant(14),
    absoluteDays: fc.constant(60),
    maximumPerUser: fc.constantFrom(0, 1),
    whenFull: fc.constantFrom('end_oldest' as const, 'ask' as const, 'refuse' as const),
  }),
  profile: fc.record({ requiredAtSignup: fc.constantFrom([], [claimDefinition('team', 'string', { person: 'write', token: 'read', admin: 'write' })]) }),
  passkey: fc.record({ prompt: fc.constantFrom('off' as const, 'optional' as const), promptAfterDays: fc.constantFrom(0, 30) }),
  login: fc.record({
    identifications: fc.constantFrom<Policy['login']['identifications']>(['email'], ['email', 'username'], ['email', 'username', 'passkey']),
    authentications: fc.constantFrom<Policy['login']['authentications']>(['primary_password'], ['primary_oob_otp_email'], ['primary_password', 'primary_oob_otp_email', 'primary_passkey']),
  }),
})
const beginnings = fc.constantFrom(
  { type: 'login', definition: 'default' },
  { type: 'signup_login', definition: 'default' },
  { type: 'account_recovery', definition: 'default' },
  { type: 'account_recovery', definition: 'password_first' },
  { type: 'reauth', definition: 'default' },
  { type: 'signup', definition: 'default' },
) as fc.Arbitrary<Pick<FlowState, 'type' | 'definition'>>

function begin(start: Pick<FlowState, 'type' | 'definition'>): FlowState {
  const facts = { flowId: 'flow' as FlowId, tenantId: 'tenant' as TenantId, binding: 'b', returnTo: '/', expiresAt: 1 }
  return beginState({ ...facts, ...start, ...(start.type === 'reauth' ? { sessionId: 'session' as SessionId, identified: person('ada', 'email') } : {}) })
}

/** Plays the moves against a growing list of states; tells every advance that was made. */
function play(start: Pick<FlowState, 'type' | 'definition'>, policy: Policy, given: readonly { proof: Proof; back: number }[]) {
  const states = [begin(start)]
  return given.map(({ proof, back }) => {
    const state = states[Math.max(0, states.length - 1 - back)]!
    const advanced = advance(state, proof, policy)
    if (advanced.next === 'screen' || advanced.next === 'fact') states.push(advanced.state)
    return { proof, state, advanced }
  })
}

const LETS_IN = ['create_session', 'create_totp', 'trust_device', 'refresh_authentication', 'set_password', 'prove_email', 'end_sessions']

describe('whatever is sent, in whatever order, to whichever state', () => {
  test('nobody finishes or gains anything without a right password or a right code', () => {
    fc.assert(
      fc.property(beginnings.filter((start) => start.type !== 'signup'), policies, moves(withoutRightProof), (start, policy, given) => {
        for (const { advanced } of play(start, policy, given)) {
          expect(advanced.next).not.toBe('finished')
          expect(advanced.effects.map((effect) => effect.effect).filter((effect) => LETS_IN.includes(effect))).toEqual([])
        }
      }),
      { numRuns: 4_000 },
    )
  })

  test('a sign-up that must be verified makes no account without a right code', () => {
    const policy: Policy = { ...DEFAULT_POLICY, signup: { isOpen: true, verification: 'required' } }
    fc.assert(
      fc.property(moves(withoutRightProof), (given) => {
        for (const { advanced } of play({ type: 'signup', definition: 'default' }, policy, given)) expect(advanced.next).not.toBe('finished')
      }),
      { numRuns: 4_000 },
    )
  })

  test('what lets somebody in comes with the finish only, and is about who was identified', () => {
    fc.assert(
      fc.property(beginnings, policies, moves(anyProof), (start, policy, given) => {
        for (const { state, advanced } of play(start, policy, given)) {
          const gains = advanced.effects.filter((effect) => LETS_IN.includes(effect.effect) || effect.effect === 'create_user')
          if (advanced.next !== 'finished') expect(gains).toEqual([])
          else expect(gains.length).toBeGreaterThan(0)
          for (const gain of gains) {
            if ('userId' in gain && gain.userId !== 'created_user') expect(gain.userId).toBe((state.identified ?? advanced.state.identified)?.userId)
          }
        }
      }),
      { numRuns: 4_000 },
    )
  })

  test('where a second factor is set up nobody signs in without a right second proof, or a browser that was trusted', () => {
    const enrolled = ['secondary_totp', 'recovery_code'] as const
    const notRight = withoutRightProof.filter((proof) => proof.kind !== 'second_factors' && !(proof.kind === 'second_factor' && proof.isRight))
    const proofs = fc.oneof(
      { arbitrary: notRight, weight: 2 },
      {
        arbitrary: fc.constantFrom<Proof>(
          { kind: 'password', isRight: true },
          { kind: 'one_time_code', outcome: 'right' },
          { kind: 'account_status', isActive: true, protectionVersion: 0 },
          { kind: 'second_factors', enrolled, hasPasskey: false, hasPassword: false, phones: [], isTrustedDevice: false, at: 1 },
        ),
        weight: 3,
      },
    )
    const strict = policies.filter(({ secondFactor }) => secondFactor.mode !== 'off')
    const start = beginnings.filter(({ type }) => type === 'login' || type === 'reauth')
    fc.assert(
      fc.property(start, strict, moves(proofs), (begun, policy, given) => {
        for (const { advanced } of play(begun, policy, given)) expect(advanced.next).not.toBe('finished')
      }),
      { numRuns: 4_000 },
    )
  })

  test('a password that is too old or was asked to change never signs anybody in but together with a new one', () => {
    const [day, at] = [24 * 60 * 60 * 1_000, Date.UTC(2026, 0, 1)]
    const proofs = fc.oneof(
      { arbitrary: anyProof.filter((proof) => proof.kind !== 'password'), weight: 2 },
      {
        arbitrary: fc.constantFrom<Proof>(
          { kind: 'password', isRight: true, matched: 'digest', standing: { changedAt: at - day, isChangeRequired: true, at } },
          { kind: 'password', isRight: true, matched: 'digest', standing: { changedAt: at - 91 * day, isChangeRequired: false, at } },
          { kind: 'account_status', isActive: true, protectionVersion: 0 },
          { kind: 'new_password', hash: 'phc' },
        ),
        weight: 3,
      },
    )
    const strict = policies.map((policy) => ({ ...policy, password: { ...policy.password, maximumAgeDays: 90 } }))
    fc.assert(
      fc.property(strict, moves(proofs), (policy, given) => {
        for (const { advanced } of play({ type: 'login', definition: 'default' }, policy, given)) {
          if (advanced.next !== 'finished' || advanced.state.matchedPassword === null) continue
          expect(advanced.effects.map(({ effect }) => effect)).toEqual(expect.arrayContaining(['set_password', 'end_sessions', 'create_session']))
        }
      }),
      { numRuns: 4_000 },
    )
  })

  test('a right proof for a stranger is still no proof', () => {
    const stranger: Proof = { kind: 'identified', identified: person(null, 'email') }
    const claims: Proof[] = [{ kind: 'password', isRight: true }, { kind: 'account_status', isActive: true, protectionVersion: 0 }, { kind: 'chosen', authentication: 'primary_password' }]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...claims), { maxLength: 8 }), (proofs) => {
        const given = [stranger, ...proofs].map((proof) => ({ proof, back: 0 }))
        for (const { advanced } of play({ type: 'login', definition: 'default' }, DEFAULT_POLICY, given)) expect(advanced.next).not.toBe('finished')
      }),
    )
  })

  test('the engine never changes the state it was given and never throws', () => {
    fc.assert(
      fc.property(beginnings, policies, moves(anyProof.filter((proof) => proof.kind !== 'one_time_code' || proof.outcome !== 'right')), (start, policy, given) => {
        for (const { proof, state } of play(start, policy, given)) {
          const before = structuredClone(state)
          advance(state, proof, policy)
          expect(state).toEqual(before)
        }
      }),
      { numRuns: 1_000 },
    )
  })
})
