import type { MailRequest } from '../../../domain/mail.ts'
import type { MailContent, MailContext } from '../mail-content.ts'
import { listFacts } from './security-notice.ts'

/** What to do follows from what was guessed at: at the second factor somebody passed the first proof; a reset needs a code itself. */
export function renderAccountLocked(request: Extract<MailRequest, { template: 'account_locked' }>, context: MailContext): MailContent {
  const { say, brand, addresses } = context
  return {
    subject: say('mail.account_locked.subject', { brand }),
    heading: say('mail.account_locked.heading'),
    lead: [say(`mail.account_locked.${request.kind}`, { brand })],
    facts: [...listFacts(request, context), { label: say('mail.account_locked.until'), value: context.formatTime(request.until) }],
    links: request.kind === 'one_time_code' ? [] : [{ label: say('mail.reset_password'), url: addresses.resetPassword }],
    closing: [say(`mail.account_locked.next_${request.kind}`)],
  }
}
