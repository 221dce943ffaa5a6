import type { Transaction } from 'kysely'
import type { Client } from '../../domain/client.ts'
import type { FlowState, Proof } from '../../flow/index.ts'
import { findOneTimeCodeOfFlow } from '../../persistence/queries/one-time-code.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Codes } from '../codes/index.ts'
import type { FlowInput } from './flow-types.ts'

/** A code that was sent, checked and spent or sent again, in the transaction that acts on it. */
export function createCodeProof({ codes }: { codes: Codes }) {
  return async function prove(
    tx: Transaction<Schema>,
    state: FlowState,
    input: Extract<FlowInput, { input: 'code' | 'resend' }>,
    client: Client,
  ): Promise<Proof> {
    const record = await findOneTimeCodeOfFlow(tx, state.flowId, state.type, state.codeDestination ?? '')
    if (!record) return { kind: 'one_time_code', outcome: 'exhausted' }
    if (input.input === 'code') return { kind: 'one_time_code', outcome: await codes.check(tx, record, input.code, client) }
    return { kind: 'code_sent_again', wasTooSoon: !(await codes.resend(tx, record, state.identified?.emailDisplay ?? null, client)) }
  }
}
