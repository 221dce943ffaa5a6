import type { MailRequest, RenderedMail } from '../../domain/mail.ts'
import type { Wording } from '../../languages/index.ts'
import { toPlainLine } from './clean-text.ts'
import type { MailLook } from './mail-look.ts'
import { DEFAULT_MAIL_LOOK } from './mail-look.ts'
import { listMailAddresses } from './mail-addresses.ts'
import type { MailContent, MailContext } from './mail-content.ts'
import { renderHtml } from './render-html.ts'
import { renderText } from './render-text.ts'
import { renderDeletionCancelled, renderDeletionScheduled, renderEmailAddressesChanged, renderPhoneNumbersChanged } from './templates/account-change.ts'
import { renderAccountDeleted, renderAdminGranted, renderEmailChanged, renderSignupExistingAccount } from './templates/account-notice.ts'
import { renderAccountLocked } from './templates/account-locked.ts'
import { renderInvitation } from './templates/invitation.ts'
import { renderLoginLink } from './templates/login-link.ts'
import { renderOneTimeCode } from './templates/one-time-code.ts'
import { renderNewSignIn, renderPasskeyNotice, renderPasswordChanged, renderRefreshTokenReuse, renderSecondFactorChanged } from './templates/security-notice.ts'

export interface MailSettings {
  readonly brandName: string
  /** The origin, with no slash at its end. */
  readonly publicUrl: string
  readonly basePath: string
  readonly codeLifetimeMinutes: number
  readonly supportUrl?: string
  readonly look?: MailLook
}

const MAX_BRAND_LENGTH = 60

/**
 * The mail a request stands for, in text and HTML. Links come from the settings alone; what a
 * stranger may have chosen (IP address, user agent) is reduced to one printable line and escaped.
 */
export function renderMail(request: MailRequest, settings: MailSettings, wording: Wording): RenderedMail {
  const brand = toPlainLine(settings.brandName, MAX_BRAND_LENGTH)
  const look = settings.look ?? DEFAULT_MAIL_LOOK
  const context = { ...wording, brand, look, codeLifetimeMinutes: settings.codeLifetimeMinutes, addresses: listMailAddresses(settings) }
  const content = composeContent(request, context)
  const sender = look.senderName === undefined ? {} : { senderName: look.senderName }
  return { to: request.to, ...sender, subject: content.subject, text: renderText(content, context), html: renderHtml(content, context) }
}

function composeContent(request: MailRequest, context: MailContext): MailContent {
  switch (request.template) {
    case 'signup_code':
    case 'login_code':
    case 'recovery_code':
    case 'reauthentication_code':
    case 'email_change_code':
    case 'second_factor_code':
      return renderOneTimeCode(request, context)
    case 'login_link':
    case 'recovery_link':
    case 'reauthentication_link':
    case 'second_factor_link':
      return renderLoginLink(request, context)
    case 'signup_existing_account':
      return renderSignupExistingAccount(context)
    case 'invitation':
      return renderInvitation(request, context)
    case 'account_locked':
      return renderAccountLocked(request, context)
    case 'email_changed':
      return renderEmailChanged(request.newAddressMasked, context)
    case 'email_addresses_changed':
      return renderEmailAddressesChanged(request, context)
    case 'phone_numbers_changed':
      return renderPhoneNumbersChanged(request, context)
    case 'account_deletion_scheduled':
    case 'account_deletion_reminder':
      return renderDeletionScheduled(request, context)
    case 'account_deletion_cancelled':
      return renderDeletionCancelled(request, context)
    case 'password_changed':
      return renderPasswordChanged(request, context)
    case 'second_factor_changed':
      return renderSecondFactorChanged(request, context)
    case 'passkey_created':
    case 'passkey_removed':
      return renderPasskeyNotice(request.template, request, context)
    case 'new_sign_in':
      return renderNewSignIn(request, context)
    case 'refresh_token_reuse':
      return renderRefreshTokenReuse(request, context)
    case 'admin_granted':
      return renderAdminGranted(request.at, context)
    case 'account_deleted':
      return renderAccountDeleted(request.at, context)
  }
}
