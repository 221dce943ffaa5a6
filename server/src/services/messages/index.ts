/**
 * Owns: codes sent to telephones: whether a number may be written to, how often, by whom (senders in order, channels in
 * order), and what became of each attempt. Does not own: the codes themselves (codes), retries (outbox), wording (outbound).
 */
export { createMessages } from './messages.ts'
export type { Messages } from './messages.ts'
export type { Attempt, Delivery } from './deliver-message.ts'
