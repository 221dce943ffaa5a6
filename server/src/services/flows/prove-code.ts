import type { Transaction } from 'kysely'
import { awaitedCode, recipientOf } from '../../flow/index.ts'
import type { FlowState, OneTimeCodeOutcome, Proof } from '../../flow/index.ts'
import type { OneTimeCodeRecord } from '../../persistence/queries/one-time-code.ts'
import { findOneTimeCodeOfFlow } from '../../persistence/queries/one-time-code.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Codes } from '../codes/index.ts'
import type { Guess, Lockout } from '../lockout/index.ts'
import type { FlowInput } from './flow-types.ts'
import type { Guesser } from './prove-second-factor.ts'

/** A code that was sent, checked and spent or sent again, in the transaction that acts on it. */
export function createCodeProof({ codes, lockout }: { codes: Codes; lockout: Lockout }) {
  return async function prove(tx: Transaction<Schema>, state: FlowState, input: Extract<FlowInput, { input: 'code' | 'resend' }>, from: Guesser & { isWithheld?: boolean }): Promise<Proof> {
    const awaited = awaitedCode(state)
    const record = await findOneTimeCodeOfFlow(tx, state.flowId, awaited.purpose, awaited.destination)
    if (!record) return { kind: 'one_time_code', outcome: 'exhausted' }
    if (input.input === 'resend') {
      const channel = awaited.channel === 'email' ? undefined : input.channel
      const isSent = await codes.resend(tx, record, { sendTo: from.isWithheld ? null : recipientOf(state), channel }, from.client)
      return { kind: 'code_sent_again', wasTooSoon: !isSent, channel }
    }
    const check = awaited.purpose === 'second_factor' ? checkSecondFactor : checkCode
    return { kind: 'one_time_code', outcome: await check(tx, record, input.code, from), wantsTrust: input.trustsDevice ?? false }
  }

  function checkCode(tx: Transaction<Schema>, record: OneTimeCodeRecord, code: string, { client }: Guesser): Promise<OneTimeCodeOutcome> {
    return codes.check(tx, record, code, client)
  }

  /** Counted with the guesses at every other second factor of the account; while it is locked no code is looked at. */
  async function checkSecondFactor(tx: Transaction<Schema>, record: OneTimeCodeRecord, code: string, from: Guesser): Promise<OneTimeCodeOutcome> {
    const { tenant_id: tenantId, user_id: userId } = record
    if (userId === null) return checkCode(tx, record, code, from)
    const guess: Guess = { kind: 'second_factor', tenantId, userId, account: userId, ownDevice: from.ownDevice, client: from.client }
    const isOpen = !(await lockout.isLocked(tx, guess, from.lockoutRules))
    const outcome = isOpen ? await checkCode(tx, record, code, from) : 'wrong'
    if (outcome === 'right') return (await lockout.succeed(tx, guess, from.lockoutRules)) ? 'right' : 'wrong'
    await lockout.fail(tx, guess, from.lockoutRules)
    return outcome
  }
}
