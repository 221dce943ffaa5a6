import { describeIpAddress } from '../describe-address.ts'
import { deviceText } from '../device-text.ts'
import { formatTime } from '../format-time.ts'
import type { MailContent, MailContext, MailFact } from '../mail-content.ts'
import type { SecondFactorChange } from '../../../domain/mail.ts'
import { texts } from '../texts.ts'

/** Where something happened. `at` in milliseconds since 1970; address and user agent as the request gave them. */
interface Occurrence {
  readonly at: number
  readonly ip: string
  readonly userAgent?: string
}

export function renderPasswordChanged(occurrence: Occurrence, context: MailContext): MailContent {
  const words = texts.passwordChanged
  return {
    subject: words.subject(context.brand),
    heading: words.heading,
    lead: [words.lead(context.brand)],
    facts: listFacts(occurrence),
    links: [{ label: texts.resetPassword, url: context.addresses.resetPassword }],
    closing: [words.next],
  }
}

export function renderSecondFactorChanged(occurrence: Occurrence & { readonly change: SecondFactorChange }, context: MailContext): MailContent {
  return renderAuthenticatorChange({ ...texts.secondFactorChanged[occurrence.change], next: texts.secondFactorNext }, occurrence, context)
}

export function renderPasskeyNotice(template: 'passkey_created' | 'passkey_removed', occurrence: Occurrence, context: MailContext): MailContent {
  return renderAuthenticatorChange(template === 'passkey_created' ? texts.passkeyCreated : texts.passkeyRemoved, occurrence, context)
}

interface ChangeWords {
  readonly subject: (brand: string) => string
  readonly heading: string
  readonly lead: (brand: string) => string
  readonly next: string
}

function renderAuthenticatorChange(words: ChangeWords, occurrence: Occurrence, context: MailContext): MailContent {
  return {
    subject: words.subject(context.brand),
    heading: words.heading,
    lead: [words.lead(context.brand)],
    facts: listFacts(occurrence),
    links: [
      { label: texts.reviewSettings, url: context.addresses.settings },
      { label: texts.resetPassword, url: context.addresses.resetPassword },
    ],
    closing: [words.next],
  }
}

export function renderNewSignIn(occurrence: Occurrence, context: MailContext): MailContent {
  const words = texts.newSignIn
  return {
    subject: words.subject(context.brand),
    heading: words.heading,
    lead: [words.lead(context.brand)],
    facts: listFacts(occurrence),
    links: [
      { label: texts.reviewSessions, url: context.addresses.settings },
      { label: texts.resetPassword, url: context.addresses.resetPassword },
    ],
    closing: [words.next],
  }
}

export function renderRefreshTokenReuse(occurrence: Occurrence, context: MailContext): MailContent {
  const words = texts.refreshTokenReuse
  return {
    subject: words.subject(context.brand),
    heading: words.heading,
    lead: [words.lead(context.brand), words.next],
    facts: listFacts(occurrence),
    links: [
      { label: texts.signIn, url: context.addresses.login },
      { label: texts.resetPassword, url: context.addresses.resetPassword },
    ],
    closing: [],
  }
}

function listFacts(occurrence: Occurrence): MailFact[] {
  const facts: MailFact[] = [{ label: texts.factWhen, value: formatTime(occurrence.at) }]
  if (occurrence.userAgent !== undefined) facts.push({ label: texts.factDevice, value: deviceText(occurrence.userAgent) })
  return [...facts, { label: texts.factIpAddress, value: describeIpAddress(occurrence.ip) }]
}
