import { MESSAGE_CHANNELS } from '../../domain/message.ts'
import { succeed } from '../../domain/result.ts'
import type { MessageSender } from './message-sender.ts'

/** Development without a provider: "taken" means it can be read in the mailbox page, where the outbox keeps it. */
export function createMailboxMessageSender(): MessageSender {
  return { type: 'mailbox', channels: MESSAGE_CHANNELS, send: async () => succeed(undefined) }
}
