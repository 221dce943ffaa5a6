import { toPlainLine } from '../clean-text.ts'
import type { MailContent, MailContext, MailLink } from '../mail-content.ts'

const MAX_ADDRESS_LENGTH = 254

export function renderSignupExistingAccount(context: MailContext): MailContent {
  const { say, brand } = context
  return {
    subject: say('mail.signup_existing_account.subject', { brand }),
    heading: say('mail.signup_existing_account.heading'),
    lead: [say('mail.signup_existing_account.lead', { brand }), say('mail.signup_existing_account.next')],
    links: [
      { label: say('mail.sign_in'), url: context.addresses.login },
      { label: say('mail.reset_password'), url: context.addresses.resetPassword },
    ],
    closing: [say('mail.signup_existing_account.ignore')],
  }
}

/** Goes to the new address and the former one, which can no longer recover the account: support is the only way back that is true. */
export function renderEmailChanged(newAddressMasked: string, context: MailContext): MailContent {
  const { say, brand } = context
  return {
    subject: say('mail.email_changed.subject', { brand }),
    heading: say('mail.email_changed.heading'),
    lead: [say('mail.email_changed.lead', { brand })],
    facts: [{ label: say('mail.new_address'), value: toPlainLine(newAddressMasked, MAX_ADDRESS_LENGTH) }],
    links: linkToSupport(context),
    closing: [say('mail.email_changed.next'), say('mail.ask_for_help', { brand })],
  }
}

/** Says where the account may be looked at, for who did not expect it. */
export function renderAdminGranted(at: number, context: MailContext): MailContent {
  const { say, brand, addresses } = context
  return {
    subject: say('mail.admin_granted.subject', { brand }),
    heading: say('done.first_admin.title'),
    lead: [say('mail.admin_granted.lead', { brand })],
    facts: [{ label: say('mail.when'), value: context.formatTime(at) }],
    links: [{ label: say('mail.review_settings'), url: addresses.settings }],
    closing: [say('mail.admin_granted.next')],
  }
}

export function renderAccountDeleted(at: number, context: MailContext): MailContent {
  const { say, brand } = context
  return {
    subject: say('mail.account_deleted.subject', { brand }),
    heading: say('mail.account_deleted.heading'),
    lead: [say('mail.account_deleted.lead', { brand })],
    facts: [{ label: say('mail.when'), value: context.formatTime(at) }],
    links: linkToSupport(context),
    closing: [say('mail.account_deleted.next'), say('mail.ask_for_help', { brand })],
  }
}

function linkToSupport(context: MailContext): MailLink[] {
  return context.addresses.support ? [{ label: context.say('mail.contact_support'), url: context.addresses.support }] : []
}
