import type { EmailAddressChange, PhoneNumberChange } from '../../../domain/mail.ts'
import { toPlainLine } from '../clean-text.ts'
import type { MailContent, MailContext } from '../mail-content.ts'
import type { Occurrence } from './security-notice.ts'
import { listFacts } from './security-notice.ts'

const MAX_ADDRESS_LENGTH = 254

/** Goes to the address it is about and to the primary one: either owner can act on it. */
export function renderEmailAddressesChanged({ change, addressMasked }: { change: EmailAddressChange; addressMasked: string }, context: MailContext): MailContent {
  const { say, brand, addresses } = context
  return {
    subject: say(`mail.email_${change}.subject`, { brand }),
    heading: say(`mail.email_${change}.heading`),
    lead: [say(`mail.email_${change}.lead`, { brand })],
    facts: [{ label: say('mail.address'), value: toPlainLine(addressMasked, MAX_ADDRESS_LENGTH) }],
    links: [
      { label: say('mail.review_settings'), url: addresses.settings },
      { label: say('mail.reset_password'), url: addresses.resetPassword },
    ],
    closing: [say('mail.email_addresses.next')],
  }
}

/** Goes to the primary address, not to the number: whoever holds the telephone may not be the owner. */
export function renderPhoneNumbersChanged({ change, numberMasked, ...occurrence }: { change: PhoneNumberChange; numberMasked: string } & Occurrence, context: MailContext): MailContent {
  const { say, brand, addresses } = context
  return {
    subject: say(`mail.phone_${change}.subject`, { brand }),
    heading: say(`mail.phone_${change}.heading`),
    lead: [say(`mail.phone_${change}.lead`, { brand })],
    facts: [{ label: say('mail.phone_number'), value: toPlainLine(numberMasked, MAX_ADDRESS_LENGTH) }, ...listFacts(occurrence, context)],
    links: [
      { label: say('mail.review_settings'), url: addresses.settings },
      { label: say('mail.reset_password'), url: addresses.resetPassword },
    ],
    closing: [say('mail.email_addresses.next')],
  }
}

/** What was asked for, and again before it happens: signing in is what undoes it. */
export function renderDeletionScheduled(
  { template, deleteAt }: { template: 'account_deletion_scheduled' | 'account_deletion_reminder'; deleteAt: number },
  context: MailContext,
): MailContent {
  const { say, brand, addresses } = context
  return {
    subject: say(`mail.${template}.subject`, { brand }),
    heading: say(`mail.${template}.heading`),
    lead: [say(`mail.${template}.lead`, { brand })],
    facts: [{ label: say('mail.deleted_on'), value: context.formatTime(deleteAt) }],
    links: [{ label: say('mail.keep_account'), url: addresses.login }],
    closing: [say('mail.account_deletion.next')],
  }
}

export function renderDeletionCancelled(occurrence: Occurrence, context: MailContext): MailContent {
  const { say, brand, addresses } = context
  return {
    subject: say('mail.account_deletion_cancelled.subject', { brand }),
    heading: say('mail.account_deletion_cancelled.heading'),
    lead: [say('mail.account_deletion_cancelled.lead', { brand })],
    facts: listFacts(occurrence, context),
    links: [
      { label: say('mail.review_settings'), url: addresses.settings },
      { label: say('mail.reset_password'), url: addresses.resetPassword },
    ],
    closing: [say('mail.account_deletion_cancelled.next')],
  }
}
