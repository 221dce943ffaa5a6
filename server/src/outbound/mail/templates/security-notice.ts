import { describeIpAddress } from '../describe-address.ts'
import { deviceText } from '../device-text.ts'
import type { MailContent, MailContext, MailFact } from '../mail-content.ts'
import type { SecondFactorChange } from '../../../domain/mail.ts'

/** Where something happened. `at` in milliseconds since 1970; address and user agent as the request gave them. */
export interface Occurrence {
  readonly at: number
  readonly ip: string
  readonly userAgent?: string
}

export function renderPasswordChanged(occurrence: Occurrence, context: MailContext): MailContent {
  const { say, brand } = context
  return {
    subject: say('mail.password_changed.subject', { brand }),
    heading: say('mail.password_changed.heading'),
    lead: [say('mail.password_changed.lead', { brand })],
    facts: listFacts(occurrence, context),
    links: [{ label: say('mail.reset_password'), url: context.addresses.resetPassword }],
    closing: [say('mail.password_changed.next')],
  }
}

export function renderSecondFactorChanged(occurrence: Occurrence & { readonly change: SecondFactorChange }, context: MailContext): MailContent {
  return renderAuthenticatorChange(occurrence.change, 'second_factor_changed', occurrence, context)
}

export function renderPasskeyNotice(template: 'passkey_created' | 'passkey_removed', occurrence: Occurrence, context: MailContext): MailContent {
  return renderAuthenticatorChange(template, template, occurrence, context)
}

type AuthenticatorChange = SecondFactorChange | 'passkey_created' | 'passkey_removed'

function renderAuthenticatorChange(
  change: AuthenticatorChange,
  next: 'second_factor_changed' | 'passkey_created' | 'passkey_removed',
  occurrence: Occurrence,
  context: MailContext,
): MailContent {
  const { say, brand, addresses } = context
  return {
    subject: say(`mail.${change}.subject`, { brand }),
    heading: say(`mail.${change}.heading`),
    lead: [say(`mail.${change}.lead`, { brand })],
    facts: listFacts(occurrence, context),
    links: [
      { label: say('mail.review_settings'), url: addresses.settings },
      { label: say('mail.reset_password'), url: addresses.resetPassword },
    ],
    closing: [say(`mail.${next}.next`)],
  }
}

export function renderNewSignIn(occurrence: Occurrence, context: MailContext): MailContent {
  const { say, brand } = context
  return {
    subject: say('mail.new_sign_in.subject', { brand }),
    heading: say('mail.new_sign_in.heading'),
    lead: [say('mail.new_sign_in.lead', { brand })],
    facts: listFacts(occurrence, context),
    links: [
      { label: say('mail.review_sessions'), url: context.addresses.settings },
      { label: say('mail.reset_password'), url: context.addresses.resetPassword },
    ],
    closing: [say('mail.new_sign_in.next')],
  }
}

export function renderRefreshTokenReuse(occurrence: Occurrence, context: MailContext): MailContent {
  const { say, brand } = context
  return {
    subject: say('mail.refresh_token_reuse.subject', { brand }),
    heading: say('mail.refresh_token_reuse.heading'),
    lead: [say('mail.refresh_token_reuse.lead', { brand }), say('mail.refresh_token_reuse.next')],
    facts: listFacts(occurrence, context),
    links: [
      { label: say('mail.sign_in'), url: context.addresses.login },
      { label: say('mail.reset_password'), url: context.addresses.resetPassword },
    ],
    closing: [],
  }
}

export function listFacts(occurrence: Occurrence, { say, formatTime }: MailContext): MailFact[] {
  const facts: MailFact[] = [{ label: say('mail.when'), value: formatTime(occurrence.at) }]
  if (occurrence.userAgent !== undefined) facts.push({ label: say('mail.device'), value: deviceText(say, occurrence.userAgent) })
  return [...facts, { label: say('mail.ip_address'), value: describeIpAddress(say, occurrence.ip) }]
}
