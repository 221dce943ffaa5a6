import type { Client } from '../../domain/client.ts'
import { awaitedCode } from '../../flow/index.ts'
import type { Advance, AwaitedCode, FlowState } from '../../flow/index.ts'
import type { Limits } from '../limits/index.ts'
import { addressKey } from '../limits/index.ts'
import type { MessageRefusal } from './limit-messages.ts'

/** Which limit an address uses up by making us send or hash for a flow. */
export const FLOWS_PER_ADDRESS = {
  signup: 'sign_ups_per_address',
  signup_login: 'recoveries_per_address',
  promote: 'sign_ups_per_address',
  login: 'recoveries_per_address',
  reauth: 'recoveries_per_address',
  account_recovery: 'recoveries_per_address',
} as const

/**
 * Before a code is sent, and before an account is made: counted alike for known and unknown recipients. A new password was
 * counted when it was hashed (`isAddressCounted`).
 */
export async function limitsOnSendingCodes(
  limits: Limits,
  advanced: Advance,
  client: Client,
  isAddressCounted: boolean,
  takeMessage: (state: FlowState, awaited: AwaitedCode) => Promise<MessageRefusal | undefined>,
): Promise<MessageRefusal | undefined> {
  const { state } = advanced
  const sending = advanced.effects.find((effect) => effect.effect === 'send_code')
  const isCreating = advanced.effects.some((effect) => effect.effect === 'create_user')
  if (!sending && !isCreating) return undefined
  const refused = isAddressCounted ? undefined : await limits.take(FLOWS_PER_ADDRESS[state.type], addressKey(client.ip))
  if (refused || !sending) return refused
  return (await limits.take('codes_per_recipient', recipientKey(state))) ?? takeMessage(state, awaitedCode(state))
}

/** Whom a code is written to, however it was asked for: the first time, in another flow or again. */
export function recipientKey(state: FlowState): string {
  return `${state.tenantId}:${awaitedCode(state).destination}`
}
