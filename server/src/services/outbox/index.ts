/**
 * Owns: what must happen outside after a commit: written in the business transaction, delivered afterwards at least
 * once, tried again with growing pauses, put aside when hopeless. Does not own: how a mail looks or travels.
 */
export { createOutbox } from './outbox.ts'
export type { NoticeRecipient, Outbox, OutboxEntry } from './outbox.ts'
