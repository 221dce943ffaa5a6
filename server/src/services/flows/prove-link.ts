import type { Kysely, Transaction } from 'kysely'
import type { FlowState, OneTimeCodeOutcome, Proof } from '../../flow/index.ts'
import { awaitedCode } from '../../flow/index.ts'
import type { OneTimeCodeRecord } from '../../persistence/queries/one-time-code.ts'
import { findOneTimeCodeOfFlow } from '../../persistence/queries/one-time-code.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { CodeLinks } from '../codes/index.ts'
import type { Guess, Lockout } from '../lockout/index.ts'
import type { FlowInput } from './flow-types.ts'
import { codeGuess } from './prove-code.ts'
import type { Guesser } from './prove-second-factor.ts'

export type LinkInput = Extract<FlowInput, { input: 'link' | 'check' }>

/** A link that was mailed, in the place of its code: opened here, or approved elsewhere and collected here. */
export function createLinkProof({ links, lockout }: { links: CodeLinks; lockout: Lockout }) {
  const recordOf = (db: Kysely<Schema>, state: FlowState) => {
    const { purpose, destination } = awaitedCode(state)
    return findOneTimeCodeOfFlow(db, state.flowId, purpose, destination)
  }

  /** As long as a second factor is locked nothing is looked at, nor spent; a link is no guess and counts for none. */
  async function unlessLocked(tx: Transaction<Schema>, record: OneTimeCodeRecord, from: Guesser, spend: () => Promise<OneTimeCodeOutcome>): Promise<OneTimeCodeOutcome> {
    const { tenant_id: tenantId, user_id: userId } = record
    if (record.purpose !== 'second_factor' || userId === null) return spend()
    const guess: Guess = { kind: 'second_factor', tenantId, userId, account: userId, ownDevice: from.ownDevice, requester: from.requester }
    if (await lockout.isLocked(tx, guess, from.lockoutRules)) return 'exhausted'
    const outcome = await spend()
    return outcome === 'right' && !(await lockout.succeed(tx, guess, from.lockoutRules)) ? 'exhausted' : outcome
  }

  return {
    /** Where the link of a state stands; spends nothing. */
    async look(db: Kysely<Schema>, state: FlowState): Promise<OneTimeCodeOutcome> {
      const record = await recordOf(db, state)
      return record ? links.outcomeOf(record) : 'exhausted'
    },

    /** Spends it, in the transaction that acts on it. */
    async prove(tx: Transaction<Schema>, state: FlowState, input: LinkInput, from: Guesser): Promise<Proof> {
      const record = await recordOf(tx, state)
      if (!record) return { kind: 'one_time_code', outcome: 'exhausted' }
      const spend = () => (input.input === 'link' ? links.use(tx, record, input.link) : links.collect(tx, record))
      const wantsTrust = input.input === 'check' && (input.trustsDevice ?? false)
      const outcome = await unlessLocked(tx, record, from, spend)
      const guess = codeGuess(state, from)
      // Who holds the link reads the mailbox, locked or not: what was wrong before it is forgotten, and a lock runs out by itself.
      if (guess && outcome === 'right') await lockout.succeed(tx, guess, from.lockoutRules)
      return { kind: 'one_time_code', outcome, wantsTrust }
    },
  }
}
