import type { Transaction } from 'kysely'
import type { Requester } from '../../domain/requester.ts'
import type { FlowState, Proof } from '../../flow/index.ts'
import { findUser } from '../../persistence/queries/user-account.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Passkeys } from '../passkeys/index.ts'
import type { FlowInput } from './flow-types.ts'
import { identifiedAs } from './identify-owner.ts'

type PasskeyProof = Extract<Proof, { kind: 'passkey' }>
type NewPasskeyProof = Extract<Proof, { kind: 'passkey_created' }>
export type PasskeyInput = Extract<FlowInput, { input: 'passkey' | 'create_passkey' }>
const WRONG: PasskeyProof = { kind: 'passkey', isRight: false }

/** The proof an assertion stands for: who it is, and that it is them. */
export function createPasskeyProof({ passkeys }: { passkeys: Passkeys }) {
  /** A passkey made at the end of a flow is bound to the flow, as is one that is its second factor. */
  return async function prove(
    tx: Transaction<Schema>,
    state: FlowState,
    given: PasskeyInput,
    requester: Requester,
  ): Promise<PasskeyProof | NewPasskeyProof> {
    const { tenantId, sessionId, flowId } = state
    if (given.input === 'create_passkey') {
      const isAsked = state.passkeyPrompt === 'offered'
      return { kind: 'passkey_created', passkey: (isAsked && (await passkeys.inFlow.verifyNew(tx, given, { tenantId, flowId }))) || null }
    }
    const first = sessionId === null ? ({ purpose: 'sign_in', binding: given.binding } as const) : ({ purpose: 'reauthentication', binding: sessionId } as const)
    const asked = state.secondFactor === 'needed' ? ({ purpose: 'second_factor', binding: flowId } as const) : first
    const asserted = await passkeys.assert(tx, given, { tenantId, requester, ...asked })
    const user = asserted && (await findUser(tx, tenantId, asserted.userId))
    if (!asserted || !user) return WRONG
    const { passkeyId, amr } = asserted
    const identified = { identification: 'passkey', ...identifiedAs(user), phone: null } as const
    return { kind: 'passkey', isRight: true, passkeyId, identified, amr }
  }
}
