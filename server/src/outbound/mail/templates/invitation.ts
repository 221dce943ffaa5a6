import type { MailRequest } from '../../../domain/mail.ts'
import type { MailContent, MailContext } from '../mail-content.ts'

/** The one mail whose link carries a secret: whoever has it proves to read mail to this address. */
export function renderInvitation(request: Extract<MailRequest, { template: 'invitation' }>, context: MailContext): MailContent {
  const { say, brand } = context
  return {
    subject: say('mail.invitation.subject', { brand }),
    heading: say('mail.invitation.heading'),
    lead: [say('mail.invitation.lead', { brand })],
    facts: [{ label: say('mail.invitation.until'), value: context.formatTime(request.expiresAt) }],
    links: [{ label: say('mail.invitation.link'), url: context.addresses.invitation(request.secret) }],
    closing: [say('mail.invitation.ignore')],
  }
}
