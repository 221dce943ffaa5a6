import type { AwaitedCode, FlowState } from '../../flow/index.ts'
import { parsePhone } from '../../protocols/phone-number.ts'
import type { LimitRefusal } from '../limits/index.ts'
import type { Messages } from '../messages/index.ts'
import { provenAccountOf } from './proven-account.ts'

/** `withheld`: nothing is sent, and nobody is told, since saying why would tell whose account it is. */
export type MessageRefusal = LimitRefusal | 'country_not_allowed' | 'withheld'

/**
 * Before a code is made for a telephone. A number that was typed is answered alike whoever has it. A number that only the
 * account knows is neither refused by its country nor counted otherwise than that of a stranger, who has none. Who proved
 * the account before is counted apart from both.
 */
export function createMessageLimits({ messages }: { messages: Messages }) {
  return async function take(state: FlowState, { channel, destination }: AwaitedCode, ownDevice: string | undefined): Promise<MessageRefusal | undefined> {
    if (channel === 'email') return undefined
    const { tenantId, identified } = state
    const parsed = destination.startsWith('+') ? await parsePhone(destination) : undefined
    const number = parsed?.ok ? parsed.value : undefined
    const account = provenAccountOf(state)
    if (account !== undefined) return messages.takeProven(tenantId, { account, ownDevice }, number)
    return number && identified?.identification === 'phone' ? messages.take(tenantId, number) : messages.takeUntold(tenantId, destination, number)
  }
}
