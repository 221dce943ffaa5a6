import type { Transaction } from 'kysely'
import type { Advance, FlowState, Policy, Proof, Screen } from '../../flow/index.ts'
import { advance } from '../../flow/index.ts'
import { isUniqueViolation } from '../../persistence/index.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Guess } from '../lockout/index.ts'
import type { LockoutRules } from '../settings/index.ts'
import type { Applied } from './apply-effects.ts'
import { createEffects } from './apply-effects.ts'
import { createFinish } from './finish-once.ts'
import type { FlowDeps } from './flow-deps.ts'
import type { FlowAnswer } from './flow-answer.ts'
import type { HeldAccounts } from './held-account.ts'
import { holdAccounts } from './held-account.ts'
import { createPasswordJudgement } from './judge-password.ts'
import { createCodeLimits } from './limit-codes.ts'
import type { Presented } from './look-up-fact.ts'
import { createFactLookUp } from './look-up-fact.ts'
import { createFinishCheck } from './may-finish.ts'
import { ProfileRefused } from './store-profile.ts'
import { sealState } from './state-token.ts'
import { stillStands, undoneMeanwhile } from './still-stands.ts'

/** A username suggestion may collide; the next try draws other digits. */
const MAX_FINISH_TRIES = 5

/** What an input is judged by, and who sent it. */
export interface Rules {
  readonly policy: Policy
  readonly lockout: LockoutRules
  readonly from: Presented
  /** A code that is made now is not sent. */
  readonly isWithheld?: boolean
}

/** The same inside a transaction. */
type HeldRules = Rules & { readonly accounts: HeldAccounts }

/** Where an input led to. */
export interface Step {
  readonly state: FlowState
  readonly answer: FlowAnswer
}

export const refuse = (state: FlowState, refusal: Extract<FlowAnswer, { kind: 'refused' }>): Step => ({ state, answer: refusal })

/** Tells the engine a proof and does what it says: the one place where a flow changes anything. */
export function createStateAdvance(deps: FlowDeps) {
  const { database, sealer, sessions } = deps
  const limitCodes = createCodeLimits(deps)
  const applyEffects = createEffects(deps)
  const finish = createFinish(deps)
  const findObstacle = createFinishCheck(deps)
  const judgePassword = createPasswordJudgement(deps)
  const lookUp = createFactLookUp(deps)

  /** The proof is known: pure advances need no transaction, everything else happens in one. */
  async function settle(state: FlowState, proof: Proof, rules: Rules, guess?: Guess): Promise<Step> {
    const { policy, from } = rules
    const advanced = advance(state, proof, policy)
    const isPure = advanced.next === 'screen' && advanced.effects.length === 0 && proof.kind !== 'password'
    if (advanced.next === 'refused' || isPure) {
      return { state: advanced.state, answer: show(advanced) }
    }
    const isCounted = proof.kind === 'new_password' || proof.kind === 'skipped' || proof.kind === 'profile'
    const refused = await limitCodes(advanced, from, isCounted)
    if (refused === 'country_not_allowed') return refuse(state, { kind: 'refused', refusal: refused })
    if (refused && refused !== 'withheld') return refuse(state, { kind: 'refused', refusal: 'rate_limited', ...refused })
    return inTransaction(state, { ...rules, isWithheld: refused === 'withheld' }, (tx) => judgePassword(tx, state, proof, guess, rules.lockout))
  }

  /** One transaction: prove, advance, apply, finish. Retried when only the suggested username was taken. */
  async function inTransaction(state: FlowState, rules: Rules, prove: (tx: Transaction<Schema>) => Promise<Proof>): Promise<Step> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const done = await database.transaction(async (tx) => {
          const held = { ...rules, accounts: holdAccounts(tx, state.tenantId) }
          const reached = await advanceWithFacts(tx, state, await prove(tx), held)
          const instead = reached.next === 'finished' ? await insteadOfFinish(tx, state, reached.state, held) : undefined
          const advanced = instead ?? reached
          // What comes in the place of a finish has no effects: the proof was none, or the flow is over.
          return { advanced, applied: instead || advanced.next === 'refused' ? {} : await applyEffects(tx, advanced.state, advanced.effects, held) }
        })
        return { state: done.advanced.state, answer: await conclude(done.advanced, done.applied) }
      } catch (error) {
        if (error instanceof ProfileRefused) return { state: error.state, answer: show(advance(error.state, null, rules.policy)) }
        if (!isUniqueViolation(error)) throw error
        const refusal = await finish.explainConflict(state)
        if (refusal) return refuse(state, { kind: 'refused', refusal })
        if (attempt === MAX_FINISH_TRIES) throw error
      }
    }
  }

  /** Judges a finish in the transaction that makes it: what comes in its place, or undefined where it may be, and is spent then. */
  async function insteadOfFinish(tx: Transaction<Schema>, before: FlowState, finished: FlowState, rules: HeldRules): Promise<Advance | undefined> {
    if (!(await stillStands(tx, finished, rules.accounts))) return undoneMeanwhile(before, finished, rules.policy)
    if (before.secondFactor === 'spared' && !(await isStillSpared(tx, finished, rules))) return undoneMeanwhile(before, finished, rules.policy)
    const obstacle = await findObstacle(tx, finished, rules.policy)
    if (obstacle) return { next: 'refused', refusal: obstacle, state: before, effects: [] }
    await finish.spend(tx, finished)
    return undefined
  }

  async function advanceWithFacts(tx: Transaction<Schema>, state: FlowState, proof: Proof, rules: HeldRules): Promise<Advance> {
    const { policy } = rules
    let advanced = advance(state, proof, policy)
    while (advanced.next === 'fact') {
      const further = advance(advanced.state, await lookUp(tx, advanced.state, advanced.fact, rules), policy)
      advanced = { ...further, effects: [...advanced.effects, ...further.effects] }
    }
    return advanced
  }

  /** A flow that stood at a later question was spared the second factor minutes ago: the account may have one by now. */
  async function isStillSpared(tx: Transaction<Schema>, state: FlowState, rules: HeldRules): Promise<boolean> {
    const asked: FlowState = { ...state, secondFactor: null }
    return advance(asked, await lookUp(tx, asked, 'second_factors', rules), rules.policy).next === 'finished'
  }

  async function conclude(advanced: Advance, applied: Applied): Promise<FlowAnswer> {
    if (advanced.next !== 'finished') {
      const shown = show(advanced)
      return shown.kind === 'screen' && applied.challengeId ? { ...shown, challengeId: applied.challengeId } : shown
    }
    const issued = applied.startedSession && (await sessions.issue(applied.startedSession, applied.sessionUser))
    if (issued && !issued.ok) return { kind: 'refused', refusal: 'account_disabled' }
    const { deviceTrust, knownDevice, recoveryCodes } = applied
    return {
      kind: 'finished',
      flow: advanced.state.type,
      name: advanced.state.definition,
      returnTo: advanced.state.returnTo,
      tokens: issued?.value,
      ...(applied.ticket === undefined ? {} : { ticket: applied.ticket }),
      ...(deviceTrust ? { deviceTrust } : {}),
      ...(knownDevice ? { knownDevice } : {}),
      ...(recoveryCodes && recoveryCodes.length > 0 ? { recoveryCodes } : {}),
    }
  }

  function show(advanced: Advance): FlowAnswer {
    switch (advanced.next) {
      case 'screen':
        return onScreen(advanced.screen, advanced.state)
      case 'refused':
        return { kind: 'refused', refusal: advanced.refusal }
      // The settings changed under a state: what it stood at is not asked any more.
      case 'fact':
      case 'finished':
        return { kind: 'refused', refusal: 'invalid_state' }
    }
  }

  /** Sealed when it is asked for: of several inputs at once only the last one's screen is. */
  function onScreen(screen: Screen, state: FlowState): FlowAnswer {
    let sealed: string | undefined
    return {
      kind: 'screen',
      screen,
      get stateToken() {
        return (sealed ??= sealState(sealer, state))
      },
      name: state.definition,
      expiresAt: state.expiresAt,
      returnTo: state.returnTo,
    }
  }

  return { settle, inTransaction, show }
}
