import { html } from 'ghtml'
import type { TextId } from '../../../../languages/index.ts'
import { applicationAddress, startAddress } from '../addresses.ts'
import type { Frame, ScreenForm } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderField } from '../parts/field.ts'
import { renderPasskeyEntry } from '../parts/passkey-form.ts'
import { renderPasswordField } from '../parts/password-field.ts'
import { failureAt, renderCard, renderFlowForm, type ScreenOf } from './screen-parts.ts'

type Identify = ScreenOf<'identify'>

/** The script says here whether this device could keep a passkey. */
const PASSKEY_SUPPORT = '<input type="hidden" name="passkey_support" value="">'

/** Who is it? One form for each purpose: sign-in, a new account, a forgotten password. */
export function renderIdentify(frame: Frame, screen: Identify, form: ScreenForm): string {
  const home = applicationAddress(frame)
  const toApplication = home === undefined ? undefined : { href: home, label: frame.say('page.back_to_application') }
  const toLogin = { href: startAddress(frame, 'login'), label: frame.say('recovery.back_to_login') }
  const shared = { form, failure: screen.failure }
  switch (screen.flow) {
    case 'login':
    case 'signup_login':
    case 'reauth': {
      const isBoth = screen.flow === 'signup_login'
      const body = renderFlowForm(frame, form, PASSKEY_SUPPORT + renderLogin(frame, screen, form)) + renderPasskeyEntry(frame, form, frame.say('login.passkey')) + (isBoth ? renderBothHint(frame, screen) : renderLoginLinks(frame))
      return renderCard(frame, {
        ...shared,
        title: frame.say(isBoth ? 'signup_login.title' : 'login.title'),
        body,
        shownAtField: offersPassword(screen) ? ['invalid_identifier', 'invalid_credentials'] : ['invalid_identifier'],
        back: toApplication,
      })
    }
    case 'promote':
    case 'signup':
      return renderCard(frame, {
        ...shared,
        title: frame.say('signup.title'),
        body: (screen.flow === 'promote' ? html`<p>${frame.say('anonymous.promote')}</p>` : '') + (screen.identifications.includes('invitation') ? renderByInvitation(frame) : renderFlowForm(frame, form, PASSKEY_SUPPORT + renderSignup(frame, screen, form))) + renderSignupLinks(frame),
        shownAtField: ['invalid_identifier', 'address_not_allowed', 'unacceptable_password'],
        back: toApplication,
      })
    case 'account_recovery':
      return renderCard(frame, {
        ...shared,
        title: frame.say('recovery.title'),
        body: html`<p>${frame.say(form.isLinkMailed === true ? 'link.recovery_explanation' : 'recovery.explanation')}</p>!${renderFlowForm(frame, form, renderRecovery(frame, screen, form))}`,
        shownAtField: screen.asksNewPassword ? ['invalid_identifier', 'unacceptable_password'] : ['invalid_identifier'],
        back: toLogin,
      })
  }
}

function renderLogin(frame: Frame, screen: Identify, form: ScreenForm): string {
  const wrongPassword = failureAt(frame, screen.failure, 'invalid_credentials')
  if (!offersPassword(screen)) {
    return renderIdentifier(frame, screen, form, true) + renderCodeButtons(frame, screen, form, 'primary')
  }
  const password = renderPasswordField(frame, {
    name: 'password',
    label: frame.say('field.password'),
    error: wrongPassword,
    autofocus: startsAtPassword(screen, form),
  })
  return (
    renderIdentifier(frame, screen, form, !startsAtPassword(screen, form)) +
    password +
    renderButton({ text: frame.say('login.submit'), look: 'primary', intent: 'password' }) +
    renderForgotPassword(frame) +
    renderCodeButtons(frame, screen, form, 'secondary')
  )
}

/** Takes along who was typed, in the body: an address would keep it. After the first button, which Enter presses. */
function renderForgotPassword(frame: Frame): string {
  // The way home is in the form already.
  const action = `${frame.basePath}/reset_password`
  return html`<p class="gp-other">!${renderButton({ text: frame.say('login.forgot_password'), look: 'link', intent: 'forgot_password', action, skipsValidation: true })}</p>`
}

/** Codes in the place of a password: the first of them leads where there is no password at all. */
function renderCodeButtons(frame: Frame, { authentications }: Identify, form: ScreenForm, first: 'primary' | 'secondary'): string {
  const offersMail = authentications.includes('primary_oob_otp_email')
  // Somebody with passkeys alone still has to say who they are.
  const mail = offersMail || (first === 'primary' && !authentications.includes('primary_oob_otp_sms')) ? renderButton({ text: frame.say(mailText(form)), look: first, intent: 'code', skipsValidation: first === 'secondary' }) : ''
  if (!authentications.includes('primary_oob_otp_sms')) return mail
  return mail + renderButton({ text: frame.say('login.phone_code'), look: mail === '' ? first : 'secondary', intent: 'code_to_phone', skipsValidation: first === 'secondary' })
}

function renderLoginLinks(frame: Frame): string {
  return html`<p class="gp-other">${frame.say('login.no_account')} <a href="${startAddress(frame, 'signup')}">${frame.say('login.create_account')}</a></p>`
}

function renderBothHint(frame: Frame, { identifications }: Identify): string {
  return html`<p class="gp-other">${frame.say(identifications.includes('email') ? 'signup_login.hint' : 'signup_login.hint_phone')}</p>`
}

function renderSignup(frame: Frame, screen: Identify, form: ScreenForm): string {
  const badPassword = failureAt(frame, screen.failure, 'unacceptable_password')
  // Not everybody chooses a password here: who does is asked on a page of its own.
  if (!screen.asksNewPassword) return renderIdentifier(frame, screen, form, true) + renderButton({ text: frame.say('signup.submit'), look: 'primary', intent: 'identify' })
  return (
    renderIdentifier(frame, screen, form, badPassword === undefined) +
    renderPasswordField(frame, {
      name: 'new_password',
      label: frame.say('field.password'),
      rules: screen.passwordRules,
      error: badPassword,
      autofocus: badPassword !== undefined,
    }) +
    renderButton({ text: frame.say('signup.submit'), look: 'primary', intent: 'signup' })
  )
}

function renderByInvitation(frame: Frame): string {
  return html`<p>${frame.say('invitation.explanation')}</p>`
}

function renderSignupLinks(frame: Frame): string {
  return html`<p class="gp-other">${frame.say('signup.have_account')} <a href="${startAddress(frame, 'login')}">${frame.say('signup.sign_in')}</a></p>`
}

function renderRecovery(frame: Frame, screen: Identify, form: ScreenForm): string {
  const badPassword = failureAt(frame, screen.failure, 'unacceptable_password')
  const password = screen.asksNewPassword
    ? renderPasswordField(frame, { name: 'new_password', label: frame.say('field.new_password'), rules: screen.passwordRules, error: badPassword })
    : ''
  return (
    renderIdentifier(frame, screen, form, true) +
    password +
    renderButton({ text: frame.say(form.isLinkMailed === true ? 'link.send' : 'recovery.submit'), look: 'primary', intent: 'identify' })
  )
}

function renderIdentifier(frame: Frame, screen: Identify, form: ScreenForm, autofocus: boolean): string {
  const takesEmail = screen.identifications.includes('email')
  const takesUsername = screen.identifications.includes('username')
  const takesPhone = screen.identifications.includes('phone')
  return renderField({
    id: 'identifier',
    name: 'identifier',
    label: frame.say(identifierLabel(screen)),
    error: identifierProblem(frame, screen) ?? failureAt(frame, screen.failure, 'invalid_identifier', 'address_not_allowed'),
    input: {
      type: takesUsername || takesPhone ? 'text' : 'email',
      inputmode: takesEmail ? 'email' : takesPhone && !takesUsername ? 'tel' : undefined,
      // `webauthn` lets the browser offer passkeys in this field (WebAuthn Level 3, section 5.11).
      autocomplete: form.passkeyOptions === undefined ? 'username' : 'username webauthn',
      autocapitalize: 'none',
      spellcheck: 'false',
      required: true,
      value: form.identifier,
      autofocus,
    },
  })
}

/** What is asked for where a number would do. */
function identifierProblem(frame: Frame, { identifications, failure }: Identify): string | undefined {
  const takesNumbers = identifications.includes('phone') && !identifications.includes('username')
  if (failure?.code !== 'invalid_identifier' || !takesNumbers) return undefined
  return frame.say(identifications.includes('email') ? 'failure.invalid_email_or_number' : 'failure.invalid_number')
}

function identifierLabel({ identifications }: Identify): TextId {
  const [takesEmail, takesUsername, takesPhone] = (['email', 'username', 'phone'] as const).map((one) => identifications.includes(one))
  if (takesPhone) return takesUsername ? 'field.identifier_any' : takesEmail ? 'field.identifier_email_or_phone' : 'field.phone'
  return takesUsername ? (takesEmail ? 'field.email_or_username' : 'field.username') : 'field.email'
}

function offersPassword(screen: Identify): boolean {
  return screen.authentications.includes('primary_password')
}

function startsAtPassword(screen: Identify, form: ScreenForm): boolean {
  return form.identifier !== '' && screen.failure?.code !== 'invalid_identifier'
}

/** What asking for a mail is called. */
function mailText(form: ScreenForm): TextId {
  return form.isLinkMailed === true ? 'link.email' : 'login.email_code'
}
