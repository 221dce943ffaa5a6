import { toPlainLine } from '../clean-text.ts'
import { formatTime } from '../format-time.ts'
import type { MailContent, MailContext, MailLink } from '../mail-content.ts'
import { texts } from '../texts.ts'

const MAX_ADDRESS_LENGTH = 254

export function renderSignupExistingAccount(context: MailContext): MailContent {
  const words = texts.signupExistingAccount
  return {
    subject: words.subject(context.brand),
    heading: words.heading,
    lead: [words.lead(context.brand), words.next],
    links: [
      { label: texts.signIn, url: context.addresses.login },
      { label: texts.resetPassword, url: context.addresses.resetPassword },
    ],
    closing: [words.ignore],
  }
}

/** Goes to the former address, which can no longer recover the account: support is the only way back that is true. */
export function renderEmailChanged(newAddressMasked: string, context: MailContext): MailContent {
  const words = texts.emailChanged
  return {
    subject: words.subject(context.brand),
    heading: words.heading,
    lead: [words.lead(context.brand)],
    facts: [{ label: texts.factNewAddress, value: toPlainLine(newAddressMasked, MAX_ADDRESS_LENGTH) }],
    links: linkToSupport(context),
    closing: [words.next, texts.askForHelp(context.brand)],
  }
}

export function renderAccountDeleted(at: number, context: MailContext): MailContent {
  const words = texts.accountDeleted
  return {
    subject: words.subject(context.brand),
    heading: words.heading,
    lead: [words.lead(context.brand)],
    facts: [{ label: texts.factWhen, value: formatTime(at) }],
    links: linkToSupport(context),
    closing: [words.next, texts.askForHelp(context.brand)],
  }
}

function linkToSupport(context: MailContext): MailLink[] {
  return context.addresses.support ? [{ label: texts.contactSupport, url: context.addresses.support }] : []
}
