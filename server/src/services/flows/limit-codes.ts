import { awaitedCode } from '../../flow/index.ts'
import type { Advance, FlowState } from '../../flow/index.ts'
import type { Database } from '../../persistence/index.ts'
import type { KnownDevices } from '../known-devices/index.ts'
import type { Limits, Try } from '../limits/index.ts'
import { accountTries, addressKey, takeAll } from '../limits/index.ts'
import type { Messages } from '../messages/index.ts'
import type { MessageRefusal } from './limit-messages.ts'
import { createMessageLimits } from './limit-messages.ts'
import type { Presented } from './look-up-fact.ts'
import { createOwnDeviceLookUp } from './own-device.ts'
import { provenAccountOf } from './proven-account.ts'

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
export function createCodeLimits(deps: { database: Database; limits: Limits; messages: Messages; knownDevices: KnownDevices }) {
  const { database, limits } = deps
  const takeMessage = createMessageLimits(deps)
  const ownDeviceOf = createOwnDeviceLookUp(deps)

  return async function take({ state, effects }: Advance, from: Presented, isAddressCounted: boolean): Promise<MessageRefusal | undefined> {
    const sending = effects.find((effect) => effect.effect === 'send_code')
    const isCreating = effects.some((effect) => effect.effect === 'create_user')
    if (!sending && !isCreating) return undefined
    const refused = isAddressCounted ? undefined : await limits.take(FLOWS_PER_ADDRESS[state.type], addressKey(from.requester.ip))
    if (refused || !sending) return refused
    const ownDevice = provenAccountOf(state) === undefined ? undefined : await ownDeviceOf(database.read, state, from)
    return (await takeAll(limits, codeTries(state, ownDevice))) ?? takeMessage(state, awaitedCode(state), ownDevice)
  }
}

/**
 * What a code counts towards, however it was asked for: the first time, in another flow or again. For who proved nothing yet
 * that is the recipient. After that it is the account and its device, which nobody uses up who knows no more than an address.
 */
export function codeTries(state: FlowState, ownDevice: string | undefined): readonly Try[] {
  const account = provenAccountOf(state)
  if (account !== undefined) return accountTries('proven_codes_per_account', account, ownDevice)
  return [['codes_per_recipient', `${state.tenantId}:${awaitedCode(state).destination}`]]
}
