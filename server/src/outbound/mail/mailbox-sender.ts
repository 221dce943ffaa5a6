import type { MailSender } from './mail-sender.ts'

/** Development without a mail server: "delivered" means it can be read in the mailbox page, where the outbox keeps it. */
export function createMailboxSender(): MailSender {
  return { send: async () => ({ outcome: 'delivered' }), close: () => undefined }
}
