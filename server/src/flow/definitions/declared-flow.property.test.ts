// Flows declared at random: whatever is accepted protects an account as the generated flow of its type does.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FlowId, PasskeyId, SessionId, TenantId, UserId } from '../../domain/ids.ts'
import type { E164 } from '../../domain/phone.ts'
import { claimDefinition } from '../../domain/profile/attribute.ts'
import type { Advance, DeclaredFlow, FlowState, FlowType, Identified, NeededFact, Policy, Proof, SecondaryAuthentication } from '../index.ts'
import { advance, beginState, checkDeclaredFlow, DEFAULT_POLICY, DECLARED_STEPS, defineFlow, findDefinition, makesAccount } from '../index.ts'

type Step = DeclaredFlow['steps'][number]

const PRIMARY = ['primary_password', 'primary_oob_otp_email', 'primary_oob_otp_sms', 'primary_passkey'] as const
const SECONDARY = ['secondary_totp', 'secondary_oob_otp_email', 'secondary_oob_otp_sms', 'secondary_passkey', 'recovery_code'] as const
const [DAY_MS, NOW] = [24 * 60 * 60 * 1_000, Date.UTC(2026, 0, 1)]

const policies: fc.Arbitrary<Policy> = fc
  .record({
    mode: fc.constantFrom('off' as const, 'optional' as const, 'required' as const),
    secondary: fc.subarray([...SECONDARY], { minLength: 1 }).filter((list) => list.includes('secondary_totp')),
    primary: fc.subarray([...PRIMARY], { minLength: 1 }),
    identifications: fc.subarray(['email', 'username', 'phone', 'passkey'] as const, { minLength: 1 }),
    verification: fc.constantFrom('required' as const, 'optional' as const, 'off' as const),
    whenFull: fc.constantFrom('end_oldest' as const, 'ask' as const, 'refuse' as const),
    graceUntil: fc.constantFrom(null, NOW + 1, NOW - 1),
    passkeyCounts: fc.boolean(),
    told: fc.constantFrom([], [claimDefinition('team', 'string', { person: 'write', token: 'read', admin: 'write' })]),
    destinations: fc.subarray(['email', 'phone'] as const, { minLength: 1 }),
  })
  .map(({ mode, secondary, primary, identifications, verification, whenFull, graceUntil, passkeyCounts, destinations, told }) => ({
    ...DEFAULT_POLICY,
    profile: { requiredAtSignup: told },
    recovery: { destinations },
    signup: { isOpen: true, verification },
    login: { identifications, authentications: primary },
    secondFactor: { ...DEFAULT_POLICY.secondFactor, mode, authentications: secondary, graceUntil, passkeyCounts },
    session: { ...DEFAULT_POLICY.session, maximumPerUser: 1, whenFull },
    password: { ...DEFAULT_POLICY.password, maximumAgeDays: 90 },
  }))

const COMPLETE: Readonly<Record<DeclaredFlow['type'], readonly Step['type'][]>> = {
  login: ['identify', 'authenticate', 'check_account_status', 'authenticate', 'change_password', 'prompt_create_passkey', 'terminate_other_sessions'],
  reauth: ['identify', 'authenticate', 'check_account_status', 'authenticate'],
  signup: ['identify', 'create_authenticator', 'fill_in_user_profile', 'verify', 'authenticate', 'prompt_create_passkey'],
  promote: ['identify', 'create_authenticator', 'fill_in_user_profile', 'verify', 'authenticate', 'prompt_create_passkey'],
  account_recovery: ['identify', 'select_destination', 'verify_account_recovery_code', 'reset_password'],
}
const anyBranches = fc.subarray(['email', 'username', 'phone', 'passkey', ...PRIMARY, ...SECONDARY] as const, { minLength: 1, maxLength: 4 })
/** Of a list of the settings a part; what is no part of it comes with `extra`. */
const partOf = <Value>(list: readonly Value[]) => fc.option(fc.subarray([...list], { minLength: 1 }))

/** Beside one policy: mostly flows that could be meant, with steps left out and moved about; now and then anything at all. */
const declarations = (policy: Policy): fc.Arbitrary<DeclaredFlow> =>
  fc
    .record({
      type: fc.constantFrom<DeclaredFlow['type']>('login', 'login', 'login', 'reauth', 'signup', 'promote', 'account_recovery'),
      left: fc.array(fc.constantFrom(...Array<boolean>(11).fill(true), false), { minLength: 7, maxLength: 7 }),
      swap: fc.option(fc.tuple(fc.nat(6), fc.nat(6)), { freq: 2 }),
      extra: fc.option(fc.tuple(fc.constantFrom(...DECLARED_STEPS), fc.nat(6), fc.option(anyBranches)), { freq: 1 }),
      named: partOf(policy.login.identifications),
      first: partOf(policy.login.authentications),
      second: partOf(policy.secondFactor.authentications),
      isRequired: fc.constantFrom(undefined, undefined, true, false),
    })
    .map(({ type, left, swap, extra, named, first, second, isRequired }) => {
      let authentications = 0
      const steps = COMPLETE[type].map((step): Step => {
        if (step === 'identify') return { type: step, ...(named && type === 'login' ? { oneOf: named } : {}) }
        if (step !== 'authenticate') return { type: step }
        authentications += 1
        const isFirst = authentications === 1 && (type === 'login' || type === 'reauth')
        if (isFirst) return { type: step, ...(first ? { oneOf: first } : {}) }
        return { type: step, ...(second ? { oneOf: second } : {}), ...(isRequired === undefined ? {} : { isRequired }) }
      })
      const [from, to] = swap ?? [0, 0]
      if (from < steps.length && to < steps.length) [steps[from], steps[to]] = [steps[to]!, steps[from]!]
      const kept = steps.filter((_, index) => left[index])
      if (extra) kept.splice(extra[1], 0, { type: extra[0], ...(extra[2] ? { oneOf: extra[2] } : {}) })
      return { type, name: 'declared', steps: kept }
    })
const declared = policies.chain((given) => fc.tuple(fc.constant(given), declarations(given)))

interface World {
  readonly isActive: boolean
  readonly enrolled: readonly SecondaryAuthentication[]
  readonly isTrustedDevice: boolean
  readonly deleteAt: number | null
  readonly sessions: number
  readonly isPasswordOld: boolean
}
const worlds: fc.Arbitrary<World> = fc.record({
  isActive: fc.constantFrom(true, true, true, false),
  enrolled: fc.subarray([...SECONDARY]),
  isTrustedDevice: fc.constantFrom(false, false, true),
  deleteAt: fc.constantFrom(null, NOW),
  sessions: fc.nat(1),
  isPasswordOld: fc.boolean(),
})

const PHONE = '+15555550100' as E164
const ADA: Identified = { identification: 'email', key: 'ada@example.com', display: 'ada@example.com', userId: 'ada' as UserId, email: 'ada@example.com', emailDisplay: null, phone: PHONE }
const NOBODY: Identified = { ...ADA, userId: null }

const factOf = (fact: NeededFact, world: World, policy: Policy, type: FlowType): Proof => {
  switch (fact) {
    case 'account_status':
      return { kind: 'account_status', isActive: world.isActive, protectionVersion: 0 }
    case 'second_factors': {
      const none = { enrolled: [], hasPasskey: false, hasPassword: false, isTrustedDevice: false, phones: [] }
      const enrolled = world.enrolled.filter((one) => policy.secondFactor.authentications.includes(one))
      const found = { enrolled, hasPasskey: enrolled.includes('secondary_passkey'), hasPassword: true, isTrustedDevice: enrolled.length > 0 && world.isTrustedDevice, phones: enrolled.includes('secondary_oob_otp_sms') ? [PHONE] : [] }
      return { kind: 'second_factors', ...(makesAccount(type) ? none : found), at: NOW }
    }
    case 'totp_key':
      return { kind: 'totp_key', key: 'KEY' }
    case 'recovery_codes':
      return { kind: 'recovery_codes', codes: ['CODE'] }
    case 'passkey_prompt':
      return { kind: 'passkey_prompt', hasPasskey: false, isFactorUnproven: false, skippedAt: null, at: NOW }
    case 'sessions_to_end':
      return { kind: 'sessions_to_end', sessions: { count: world.sessions, through: 'session' as SessionId, shown: [] } }
    case 'account_deletion':
      return { kind: 'account_deletion', deleteAt: world.deleteAt }
  }
}

/** Every proof there is, right or wrong; a walk tries them in an order of its own. */
const proofsOf = (world: World, type: FlowType): Proof[] => [
  { kind: 'identified', identified: makesAccount(type) ? NOBODY : ADA },
  { kind: 'password', isRight: false },
  { kind: 'password', isRight: true, matched: 'digest', standing: { changedAt: world.isPasswordOld ? NOW - 91 * DAY_MS : NOW, isChangeRequired: false, at: NOW } },
  { kind: 'passkey', isRight: true, passkeyId: 'passkey' as PasskeyId, identified: { ...ADA, identification: 'passkey' }, amr: ['hwk', 'user', 'mfa'] },
  { kind: 'chosen', authentication: 'primary_oob_otp_email' },
  { kind: 'chosen', authentication: 'secondary_oob_otp_email' },
  { kind: 'chosen', authentication: 'primary_oob_otp_sms' },
  { kind: 'chosen', authentication: 'secondary_oob_otp_sms' },
  { kind: 'destination_chosen', destination: 'email' },
  { kind: 'destination_chosen', destination: 'phone' },
  { kind: 'one_time_code', outcome: 'wrong' },
  { kind: 'one_time_code', outcome: 'right' },
  { kind: 'new_password', hash: 'phc' },
  { kind: 'profile', values: { team: 'Blue' } },
  { kind: 'second_factor', authentication: 'secondary_totp', isRight: false, wantsTrust: false },
  { kind: 'second_factor', authentication: 'secondary_totp', isRight: true, wantsTrust: false },
  { kind: 'second_factor', authentication: 'recovery_code', isRight: true, wantsTrust: false },
  { kind: 'totp_set_up', step: 3 },
  { kind: 'deletion_cancelled' },
  { kind: 'ending_confirmed' },
  { kind: 'recovery_codes_kept' },
  { kind: 'skipped' },
]

/** Facts are answered as the world has them; otherwise one of the proofs. Ends with the flow. */
function walk(begun: FlowState, policy: Policy, world: World, order: readonly number[]): Advance[] {
  const made: Advance[] = [advance(begun, null, policy)]
  for (const pick of order) {
    let last = made.at(-1)!
    while (last.next === 'fact') made.push((last = advance(last.state, factOf(last.fact, world, policy, begun.type), policy)))
    if (last.next === 'finished' || (last.next === 'refused' && last.refusal !== 'unexpected_input')) break
    const proofs = proofsOf(world, begun.type)
    // Those that the step takes come up often enough to get to the end.
    const taken = proofs.filter((one) => advance(last.state, one, policy).next !== 'refused')
    const proof = taken.length > 0 ? taken[pick % taken.length]! : proofs[pick % proofs.length]!
    const next = advance(last.state, proof, policy)
    made.push(next.next === 'refused' && next.refusal === 'unexpected_input' ? { ...next, state: last.state } : next)
  }
  return made
}

const orders = fc.array(fc.nat(1_000), { minLength: 8, maxLength: 24 })
const begin = (type: FlowType, definition: string, fingerprint: string): FlowState => {
  const facts = { flowId: 'flow' as FlowId, tenantId: 'tenant' as TenantId, binding: 'b', returnTo: '/', expiresAt: 1, showsPasskeyPrompt: true, showsRecoveryCodes: true }
  return beginState({ ...facts, type, definition, fingerprint, ...(type === 'reauth' ? { sessionId: 'session' as SessionId, identified: ADA } : {}), ...(type === 'promote' ? { sessionId: 'session' as SessionId, promotes: 'somebody' as UserId } : {}) })
}

/** Nothing of a demand is left to the steps: what has to be so is read off the last state. */
function whatIsMissing(state: FlowState, policy: Policy, world: World): string[] {
  const { mode, authentications } = policy.secondFactor
  const isProven = makesAccount(state.type) || (state.type === 'account_recovery' ? state.isEmailProven || state.provenPhone !== null : state.amr.length > 0)
  const methods = state.chosen === null || policy.login.authentications.includes(state.chosen)
  const asksStatus = state.type === 'login' || state.type === 'reauth'
  const isMfa = state.amr.includes('mfa')
  const isSpared = state.type === 'login' && world.isTrustedDevice
  const isRequired = mode === 'required' && (policy.secondFactor.graceUntil === null || NOW >= policy.secondFactor.graceUntil)
  // What counts for an account, by the tenant's policy alone.
  const counted = world.enrolled.filter((one) => authentications.includes(one) && one !== 'recovery_code' && (one !== 'secondary_passkey' || policy.secondFactor.passkeyCounts || isRequired) && !(one === 'secondary_oob_otp_email' && state.isEmailProven) && !(one === 'secondary_oob_otp_sms' && state.provenPhone === PHONE))
  const isFactorDue = asksStatus && mode !== 'off' && (counted.length > 0 || isRequired) && !isSpared
  // Who proved the address can sign in by a code to it, and needs no password where none signs anybody in.
  const signsInByCode = state.isEmailProven && policy.login.authentications.includes('primary_oob_otp_email') && !policy.login.authentications.includes('primary_password')
  const isSignupDue = makesAccount(state.type) && isRequired
  return [
    ...(state.identified ? [] : ['nobody was identified']),
    ...(isProven ? [] : ['nothing was proven']),
    ...(methods ? [] : ['the proof is not one of the settings']),
    ...(asksStatus && !(state.isAccountActive && world.isActive) ? ['the account was not known to be open'] : []),
    ...((isFactorDue || isSignupDue) && !isMfa ? ['the second factor was left out'] : []),
    ...(state.secondFactor === 'set_up' && !state.areRecoveryCodesKept ? ['nobody saw the recovery codes'] : []),
    ...(state.passwordChange !== null && state.newPasswordHash === null ? ['the old password stays'] : []),
    ...(state.type === 'login' && state.matchedPassword !== null && world.isPasswordOld && state.newPasswordHash === null ? ['the old password stays'] : []),
    ...(state.type === 'login' && world.deleteAt !== null && state.deletion !== 'cancelled' ? ['the deletion was not spoken about'] : []),
    ...(state.type === 'login' && policy.session.whenFull === 'ask' && world.sessions > 0 && !state.isEndingConfirmed ? ['sessions end unasked'] : []),
    ...(makesAccount(state.type) && policy.signup.verification === 'required' && !state.isEmailProven ? ['the address was not proven'] : []),
    ...(makesAccount(state.type) && policy.profile.requiredAtSignup.length > 0 && state.profile === null ? ['the profile was not filled in'] : []),
    ...(((makesAccount(state.type) && !signsInByCode) || state.type === 'account_recovery') && state.newPasswordHash === null ? ['there is no password'] : []),
  ]
}

describe('a declared flow that was accepted', () => {
  test('lets nobody finish whom the generated flow would have asked for more', () => {
    let [accepted, finished] = [0, 0]
    fc.assert(
      fc.property(declared, worlds, orders, ([given, flow], world, order) => {
        if (checkDeclaredFlow(flow, given).length > 0) return
        accepted += 1
        const policy = { ...given, flows: [defineFlow(flow, 'digest')] }
        for (const made of walk(begin(flow.type, 'declared', 'digest'), policy, world, order)) {
          if (made.next !== 'finished') continue
          finished += 1
          expect(whatIsMissing(made.state, given, world)).toEqual([])
        }
      }),
      { numRuns: 20_000 },
    )
    // Otherwise nothing was shown.
    expect([accepted > 2_000, finished > 500], `${accepted} accepted, ${finished} finished`).toEqual([true, true])
  })

  test('has the same demands as the generated one, by which the demands above are measured', () => {
    fc.assert(
      fc.property(fc.constantFrom<FlowType>('login', 'reauth', 'signup', 'promote', 'account_recovery'), policies, worlds, orders, (type, policy, world, order) => {
        for (const made of walk(begin(type, 'default', ''), policy, world, order)) if (made.next === 'finished') expect(whatIsMissing(made.state, policy, world)).toEqual([])
      }),
      { numRuns: 4_000 },
    )
  })

  test('offers nothing that the settings do not', () => {
    fc.assert(
      fc.property(declared, worlds, orders, ([given, flow], world, order) => {
        if (checkDeclaredFlow(flow, given).length > 0) return
        const policy = { ...given, flows: [defineFlow(flow, 'digest')] }
        for (const made of walk(begin(flow.type, 'declared', 'digest'), policy, world, order)) {
          if (made.next !== 'screen' || !('authentications' in made.screen)) continue
          const allowed: readonly string[] = made.screen.screen === 'authenticate_second_factor' ? given.secondFactor.authentications : given.login.authentications
          expect(made.screen.authentications.filter((one) => !allowed.includes(one))).toEqual([])
        }
      }),
      { numRuns: 4_000 },
    )
  })
})

test('a state of a flow that is gone, or declared otherwise by now, is refused whatever is sent', () => {
  const steps: Step[] = [{ type: 'identify' }, { type: 'authenticate' }, { type: 'check_account_status' }, { type: 'authenticate', isRequired: true }, { type: 'change_password' }]
  const flow = defineFlow({ type: 'login', name: 'staff', steps }, 'first')
  const state = begin('login', 'staff', 'first')
  expect(advance(state, null, { ...DEFAULT_POLICY, flows: [flow] }).next).toBe('screen')
  for (const flows of [[], [{ ...flow, fingerprint: 'second' }], [{ ...flow, type: 'reauth' as const }], undefined]) {
    const policy: Policy = flows ? { ...DEFAULT_POLICY, flows } : DEFAULT_POLICY
    for (const proof of [null, { kind: 'identified', identified: ADA }] as const) expect(advance(state, proof, policy)).toMatchObject({ next: 'refused', refusal: 'invalid_state', effects: [] })
  }
  expect(findDefinition('login', 'staff', DEFAULT_POLICY)).toBeUndefined()
})
