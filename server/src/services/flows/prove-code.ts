import type { Transaction } from 'kysely'
import { awaitedCode, emailCodeForm, recipientOf } from '../../flow/index.ts'
import type { CodePurpose, FlowState, OneTimeCodeOutcome, Policy, Proof } from '../../flow/index.ts'
import type { OneTimeCodeRecord } from '../../persistence/queries/one-time-code.ts'
import { findOneTimeCodeOfFlow } from '../../persistence/queries/one-time-code.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Codes } from '../codes/index.ts'
import type { Guess, Lockout } from '../lockout/index.ts'
import type { LockoutRules } from '../settings/index.ts'
import type { FlowInput } from './flow-types.ts'
import type { Guesser } from './prove-second-factor.ts'

/** Codes that stand for a password; those of a sign-up belong to no account yet. */
const FIRST_PROOFS: readonly CodePurpose[] = ['login', 'signup_login', 'account_recovery', 'reauth']
/** In the place of a code that is not to be looked at: no code is empty, and the try counts. */
const NO_CODE = ''

/** What a first proof by a code that was sent counts towards, for strangers alike; undefined where nobody guesses at an account. */
export function codeGuess(state: FlowState, { requester, ownDevice }: Guesser): Guess | undefined {
  const { tenantId, identified } = state
  if (!identified || !FIRST_PROOFS.includes(awaitedCode(state).purpose)) return undefined
  return { kind: 'one_time_code', tenantId, userId: identified.userId, account: identified.userId ?? identified.key, ownDevice, requester }
}

/** A code that was sent, checked and spent or sent again, in the transaction that acts on it. */
export function createCodeProof({ codes, lockout }: { codes: Codes; lockout: Lockout }) {
  return async function prove(tx: Transaction<Schema>, state: FlowState, input: Extract<FlowInput, { input: 'code' | 'resend' }>, from: Guesser & { policy: Policy; isWithheld?: boolean }): Promise<Proof> {
    const awaited = awaitedCode(state)
    const record = await findOneTimeCodeOfFlow(tx, state.flowId, awaited.purpose, awaited.destination)
    if (!record) return { kind: 'one_time_code', outcome: 'exhausted' }
    if (input.input === 'resend') {
      const channel = awaited.channel === 'email' ? undefined : input.channel
      const isSent = await codes.resend(tx, record, { sendTo: from.isWithheld ? null : recipientOf(state), channel, form: emailCodeForm(state, from.policy) }, from.requester)
      return { kind: 'code_sent_again', wasTooSoon: !isSent, channel }
    }
    const guess = codeGuess(state, from)
    const outcome = guess ? await checkFirstProof(tx, record, input.code, { guess, rules: from.lockoutRules }) : await checkFurther(tx, record, input.code, from)
    return { kind: 'one_time_code', outcome, wantsTrust: input.trustsDevice ?? false }
  }

  function checkCode(tx: Transaction<Schema>, record: OneTimeCodeRecord, code: string, { requester }: Guesser): Promise<OneTimeCodeOutcome> {
    return codes.check(tx, record, code, requester)
  }

  function checkFurther(tx: Transaction<Schema>, record: OneTimeCodeRecord, code: string, from: Guesser): Promise<OneTimeCodeOutcome> {
    return record.purpose === 'second_factor' ? checkSecondFactor(tx, record, code, from) : checkCode(tx, record, code, from)
  }

  /**
   * Counted over all codes that were sent, durably: a new one is asked for in a moment. While locked the right code is wrong,
   * is not spent, and its tries run out like those of any.
   */
  async function checkFirstProof(tx: Transaction<Schema>, record: OneTimeCodeRecord, code: string, { guess, rules }: { guess: Guess; rules: LockoutRules }): Promise<OneTimeCodeOutcome> {
    const isOpen = !(await lockout.isLocked(tx, guess, rules))
    const outcome = await codes.check(tx, record, isOpen ? code : NO_CODE, guess.requester)
    if (outcome === 'right') return (await lockout.succeed(tx, guess, rules)) ? 'right' : 'wrong'
    // No code was compared where its tries had run out before.
    if (outcome === 'wrong') await lockout.fail(tx, guess, rules)
    return outcome
  }

  /** Counted with the guesses at every other second factor of the account; while it is locked no code is looked at. */
  async function checkSecondFactor(tx: Transaction<Schema>, record: OneTimeCodeRecord, code: string, from: Guesser): Promise<OneTimeCodeOutcome> {
    const { tenant_id: tenantId, user_id: userId } = record
    if (userId === null) return checkCode(tx, record, code, from)
    const guess: Guess = { kind: 'second_factor', tenantId, userId, account: userId, ownDevice: from.ownDevice, requester: from.requester }
    const isOpen = !(await lockout.isLocked(tx, guess, from.lockoutRules))
    const outcome = isOpen ? await checkCode(tx, record, code, from) : 'wrong'
    if (outcome === 'right') return (await lockout.succeed(tx, guess, from.lockoutRules)) ? 'right' : 'wrong'
    await lockout.fail(tx, guess, from.lockoutRules)
    return outcome
  }
}
