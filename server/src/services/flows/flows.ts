import type { Transaction } from 'kysely'
import type { Client } from '../../domain/client.ts'
import type { FlowId } from '../../domain/ids.ts'
import type { Advance, FlowState, Identified, Policy, Proof } from '../../flow/index.ts'
import { advance, beginState } from '../../flow/index.ts'
import type { Database } from '../../persistence/index.ts'
import { isUniqueViolation } from '../../persistence/index.ts'
import { findOneTimeCode, findOneTimeCodeOfFlow } from '../../persistence/queries/one-time-code.ts'
import { findUser } from '../../persistence/queries/user-account.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Random } from '../../platform/random.ts'
import { newId } from '../../platform/random.ts'
import type { Sealer } from '../../platform/sealing.ts'
import type { Codes } from '../codes/index.ts'
import { RESEND_PAUSE_MS } from '../codes/index.ts'
import type { Events } from '../events/index.ts'
import type { Limits } from '../limits/index.ts'
import { addressKey, giveBackAll, takeAll } from '../limits/index.ts'
import type { Outbox } from '../outbox/index.ts'
import type { Passkeys } from '../passkeys/index.ts'
import type { Passwords } from '../passwords/index.ts'
import type { SecondFactors } from '../second-factors/index.ts'
import type { Sessions } from '../sessions/index.ts'
import type { Settings } from '../settings/index.ts'
import type { Applied } from './apply-effects.ts'
import { createEffects } from './apply-effects.ts'
import type { FlowAnswer, FlowInput, Flows } from './flow-types.ts'
import { createPasskeyProof } from './prove-passkey.ts'
import { createFinish } from './finish-once.ts'
import { createProofGathering } from './gather-proof.ts'
import { limitsOnSendingCodes, recipientKey } from './limit-codes.ts'
import type { Presented } from './look-up-fact.ts'
import { createFactLookUp } from './look-up-fact.ts'
import { createCodeProof } from './prove-code.ts'
import type { SecondFactorInput } from './prove-second-factor.ts'
import { createSecondFactorProof, secondFactorTries } from './prove-second-factor.ts'
import { stillStands } from './still-stands.ts'
import { FLOW_TTL_SECONDS, openState, readState, sealState } from './state-token.ts'

/** A username suggestion may collide; the next try draws other digits. */
const MAX_FINISH_TRIES = 5

export function createFlows(deps: {
  database: Database
  clock: Clock
  random: Random
  sealer: Sealer
  settings: Settings
  passwords: Passwords
  passkeys: Passkeys
  codes: Codes
  sessions: Sessions
  secondFactors: SecondFactors
  limits: Limits
  events: Events
  outbox: Outbox
}): Flows {
  const { database, clock, random, sealer, settings, passwords, passkeys, codes, sessions, limits, events } = deps
  const gather = createProofGathering(deps)
  const provePasskey = createPasskeyProof(deps)
  const applyEffects = createEffects(deps)
  const finish = createFinish(deps)
  const lookUp = createFactLookUp(deps)
  const proveCode = createCodeProof(deps)
  const proveSecondFactor = createSecondFactorProof(deps)

  type Rules = { readonly policy: Policy; readonly from: Presented }
  type Step = { state: FlowState; answer: FlowAnswer }
  const refuse = (state: FlowState, refusal: Extract<FlowAnswer, { kind: 'refused' }>): Step => ({ state, answer: refusal })

  async function walk(state: FlowState, inputs: readonly FlowInput[], client: Client, deviceSecret: string | undefined): Promise<FlowAnswer> {
    const policy = await settings.policy()
    const rules = { policy, from: { client, deviceSecret } }
    if (inputs.some((one) => one.input === 'password' || one.input === 'new_password')) passwords.expectRoom()
    let step: Step = { state, answer: show(advance(state, null, policy)) }
    for (const input of inputs) {
      step = await take(step.state, input, rules)
      const isStopped = step.answer.kind !== 'screen' || step.answer.screen.failure !== null
      if (isStopped) break
    }
    return step.answer
  }

  async function take(state: FlowState, input: FlowInput, rules: Rules): Promise<Step> {
    if (input.input === 'code' || input.input === 'resend') return takeCodeInput(state, input, rules)
    if (input.input === 'totp' || input.input === 'recovery_code') return takeSecondFactor(state, input, rules)
    if (input.input === 'passkey') return takePasskeyInput(state, input, rules)
    const gathered = await gather(state, input, rules.from.client, rules.policy)
    if ('refused' in gathered) return refuse(state, { kind: 'refused', refusal: 'rate_limited', ...gathered.refused })
    return settle(state, gathered.proof, rules)
  }

  /** Counted before it is checked, given back when it was right. */
  async function takeSecondFactor(state: FlowState, input: SecondFactorInput, rules: Rules): Promise<Step> {
    const { client } = rules.from
    // Nothing is counted for an account before its first proof: a stranger would shut its owner out, and learn that it exists.
    if (state.secondFactor !== 'needed' && state.secondFactor !== 'to_set_up') return refuse(state, { kind: 'refused', refusal: 'unexpected_input' })
    const tries = secondFactorTries(state, client.ip)
    const refused = await takeAll(limits, tries)
    if (refused) return refuse(state, { kind: 'refused', refusal: 'rate_limited', ...refused })
    const step = await inTransaction(state, rules, (tx) => proveSecondFactor(tx, state, input, client))
    const isRight = step.answer.kind !== 'refused' && step.state !== state
    if (isRight) await giveBackAll(limits, tries)
    return step
  }

  async function takeCodeInput(state: FlowState, input: Extract<FlowInput, { input: 'code' | 'resend' }>, rules: Rules): Promise<Step> {
    const { client } = rules.from
    const isResend = input.input === 'resend'
    const address = addressKey(client.ip)
    const refused =
      (await limits.take(isResend ? 'resends_per_address' : 'code_failures_per_address', address)) ??
      (isResend ? await limits.take('codes_per_recipient', recipientKey(state)) : undefined)
    if (refused) return refuse(state, { kind: 'refused', refusal: 'rate_limited', ...refused })
    const step = await inTransaction(state, rules, (tx) => proveCode(tx, state, input, client))
    const { answer } = step
    const isSent = answer.kind === 'screen' && answer.screen.failure === null
    const isRight = answer.kind !== 'refused' && step.state !== state
    if (isResend && !isSent) await limits.giveBack('codes_per_recipient', recipientKey(state))
    if (!isResend && isRight) await limits.giveBack('code_failures_per_address', address)
    return step
  }

  /** Counted by address alone: nobody guesses a signature, and whose passkey it was is known only afterwards. */
  async function takePasskeyInput(state: FlowState, input: Extract<FlowInput, { input: 'passkey' }>, rules: Rules): Promise<Step> {
    const { client } = rules.from
    const address = addressKey(client.ip)
    const refused = await limits.take('sign_in_failures_per_address', address)
    if (refused) return refuse(state, { kind: 'refused', refusal: 'rate_limited', ...refused })
    await passkeys.prepare()
    let isRight = false
    const step = await inTransaction(state, rules, async (tx) => {
      const proof = await provePasskey(tx, state, input, client)
      isRight = proof.isRight
      return proof
    })
    if (isRight) await limits.giveBack('sign_in_failures_per_address', address)
    return step
  }

  /** The proof is known: pure advances need no transaction, everything else happens in one. */
  async function settle(state: FlowState, proof: Proof, rules: Rules): Promise<Step> {
    const { policy, from } = rules
    const advanced = advance(state, proof, policy)
    const isWrongPassword = proof.kind === 'password' && !proof.isRight
    if (advanced.next === 'refused' || (advanced.next === 'screen' && advanced.effects.length === 0 && !isWrongPassword)) {
      return { state: advanced.state, answer: show(advanced) }
    }
    const refused = await limitsOnSendingCodes(limits, advanced, from.client, proof.kind === 'new_password')
    if (refused) return refuse(state, { kind: 'refused', refusal: 'rate_limited', ...refused })
    return inTransaction(state, rules, async (tx) => {
      if (isWrongPassword) {
        await events.record(tx, {
          type: 'authentication.failed',
          tenantId: state.tenantId,
          userId: state.identified?.userId ?? null,
          client: from.client,
          data: { flow: state.type, authentication: 'primary_password' },
        })
      }
      return proof
    })
  }

  /** One transaction: prove, advance, apply, finish. Retried when only the suggested username was taken. */
  async function inTransaction(state: FlowState, rules: Rules, prove: (tx: Transaction<Schema>) => Promise<Proof>): Promise<Step> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const done = await database.transaction(async (tx) => {
          const advanced = await advanceWithFacts(tx, state, await prove(tx), rules)
          if (advanced.next === 'refused') return { advanced, applied: {} }
          if (advanced.next === 'finished' && !(await stillStands(tx, advanced.state))) return { advanced: undoneMeanwhile(state, advanced.state, rules.policy), applied: {} }
          if (advanced.next === 'finished') await finish.spend(tx, advanced.state)
          return { advanced, applied: await applyEffects(tx, advanced.state, advanced.effects, rules) }
        })
        return { state: done.advanced.state, answer: await conclude(done.advanced, done.applied) }
      } catch (error) {
        if (!isUniqueViolation(error)) throw error
        const refusal = await finish.explainConflict(state)
        if (refusal) return refuse(state, { kind: 'refused', refusal })
        if (attempt === MAX_FINISH_TRIES) throw error
      }
    }
  }

  async function advanceWithFacts(tx: Transaction<Schema>, state: FlowState, proof: Proof, { policy, from }: Rules): Promise<Advance> {
    let advanced = advance(state, proof, policy)
    while (advanced.next === 'fact') {
      const further = advance(advanced.state, await lookUp(tx, advanced.state, advanced.fact, from, policy), policy)
      advanced = { ...further, effects: [...advanced.effects, ...further.effects] }
    }
    return advanced
  }

  /** An outdated password is a wrong one; anything else that changed meanwhile ends the flow. */
  function undoneMeanwhile(before: FlowState, { matchedPassword }: FlowState, policy: Policy): Advance {
    const isPasswordAsked = matchedPassword !== null && before.matchedPassword === null
    if (isPasswordAsked) return advance(before, { kind: 'password', isRight: false }, policy)
    return { next: 'refused', refusal: 'invalid_state', state: before, effects: [] }
  }

  async function conclude(advanced: Advance, applied: Applied): Promise<FlowAnswer> {
    if (advanced.next !== 'finished') return { ...show(advanced), ...(applied.challengeId ? { challengeId: applied.challengeId } : {}) }
    const issued = applied.startedSession && (await sessions.issue(applied.startedSession))
    if (issued && !issued.ok) return { kind: 'refused', refusal: 'account_disabled' }
    const { deviceTrust, recoveryCodes } = applied
    return {
      kind: 'finished',
      flow: advanced.state.type,
      returnTo: advanced.state.returnTo,
      tokens: issued?.value,
      ...(deviceTrust ? { deviceTrust } : {}),
      ...(recoveryCodes && recoveryCodes.length > 0 ? { recoveryCodes } : {}),
    }
  }

  function show(advanced: Advance): FlowAnswer {
    switch (advanced.next) {
      case 'screen':
        return { kind: 'screen', screen: advanced.screen, stateToken: sealState(sealer, advanced.state), returnTo: advanced.state.returnTo }
      case 'refused':
        return { kind: 'refused', refusal: advanced.refusal }
      // The settings changed under a state: what it stood at is not asked any more.
      case 'fact':
      case 'finished':
        return { kind: 'refused', refusal: 'invalid_state' }
    }
  }

  async function identifiedOwner(start: Parameters<Flows['start']>[0]): Promise<Identified | null> {
    const user = start.session && (await findUser(database.read, start.tenantId, start.session.userId))
    if (!user) return null
    return { identification: 'email', key: user.emailKey, display: user.email, userId: user.id, email: user.emailKey, emailDisplay: user.email }
  }

  return {
    async start(start) {
      const state = beginState({
        flowId: newId<FlowId>(clock, random),
        type: start.type,
        definition: start.definition ?? 'default',
        tenantId: start.tenantId,
        binding: start.binding,
        returnTo: start.returnTo,
        expiresAt: clock.now() + (start.ttlSeconds ?? FLOW_TTL_SECONDS) * 1_000,
        sessionId: start.session?.id ?? null,
        identified: await identifiedOwner(start),
      })
      return show(advance(state, null, await settings.policy()))
    },

    async submit(stateToken, binding, inputs, client, deviceSecret) {
      const state = openState(sealer, clock, stateToken, binding)
      return state ? walk(state, inputs, client, deviceSecret) : { kind: 'refused', refusal: 'invalid_state' }
    },

    async look(stateToken, binding) {
      const state = openState(sealer, clock, stateToken, binding)
      return state ? show(advance(state, null, await settings.policy())) : { kind: 'refused', refusal: 'invalid_state' }
    },

    typeOf: (stateToken) => readState(sealer, stateToken)?.type,

    async canResendAt(stateToken) {
      const state = readState(sealer, stateToken)
      const record = state && (await findOneTimeCodeOfFlow(database.read, state.flowId, state.type, state.codeDestination ?? ''))
      return record ? record.last_sent_at + RESEND_PAUSE_MS : 0
    },

    async submitToChallenge(challengeId, flow, inputs, client, deviceSecret) {
      const record = await findOneTimeCode(database.read, challengeId)
      const state = record?.purpose === flow ? openState(sealer, clock, record.continuation_sealed, '') : undefined
      return state ? walk(state, inputs, client, deviceSecret) : { kind: 'refused', refusal: 'invalid_state' }
    },

    async resendChallenge(challengeId, client) {
      const refused = await limits.take('resends_per_address', addressKey(client.ip))
      if (refused) return refused
      const record = await findOneTimeCode(database.read, challengeId)
      const state = record && openState(sealer, clock, record.continuation_sealed, '')
      if (!record || !state) return {}
      const capped = await limits.take('codes_per_recipient', recipientKey(state))
      if (capped) return capped
      const isSent = await database.transaction((tx) => codes.resend(tx, record, state.identified?.emailDisplay ?? null, client))
      if (!isSent) await limits.giveBack('codes_per_recipient', recipientKey(state))
      return {}
    },
  }
}
