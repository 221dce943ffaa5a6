import type { RenderedMail } from '../../domain/mail.ts'

/**
 * What became of one attempt. A permanent failure will not heal by trying again; everything else may. `reason` is a short
 * line for operators: reply codes and error names, never the mail's content, the server's own words or a credential.
 */
export type MailOutcome =
  | { readonly outcome: 'delivered' }
  | { readonly outcome: 'failed'; readonly isPermanent: boolean; readonly reason: string }

/** Hands one mail to whatever carries it. Expected failures are values; it never throws for what a server or network does. */
export interface MailSender {
  /** `messageId` is the id of the outbox row: a retry of the same row carries the same Message-ID. */
  send(mail: RenderedMail, options: { readonly messageId: string }): Promise<MailOutcome>
  /** Lets go of every connection; a delivery in progress fails and may be retried by the next process. */
  close(): void
}
