import { html } from 'ghtml'
import { startAddress } from '../addresses.ts'
import type { Frame, ScreenForm } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderCodeField } from '../parts/code-field.ts'
import { renderField } from '../parts/field.ts'
import { renderPasskeyEntry } from '../parts/passkey-form.ts'
import { renderTrust } from '../parts/trust-device.ts'
import { failureAt, renderCard, renderFlowForm, type ScreenOf } from './screen-parts.ts'

/** The second proof: a code of the authenticator app, or a recovery code in a form of its own behind a summary. */
export function renderAuthenticateSecondFactor(frame: Frame, screen: ScreenOf<'authenticate_second_factor'>, form: ScreenForm): string {
  const isReauth = screen.flow === 'reauth'
  const hasTotp = screen.authentications.includes('secondary_totp')
  const hasMailbox = screen.authentications.includes('secondary_oob_otp_email')
  const hasPhone = screen.authentications.includes('secondary_oob_otp_sms')
  const hasPasskey = screen.authentications.includes('secondary_passkey')
  const trust = renderTrust(frame, screen.trustDays)
  const error = failureAt(frame, screen.failure, 'wrong_code')
  const totp = hasTotp
    ? renderFlowForm(frame, form, renderCodeField(frame, error, 'totp') + trust + renderButton({ text: frame.say('second_factor.submit'), look: 'primary', intent: 'totp' }))
    : ''
  const passkey = hasPasskey ? renderPasskeyEntry(frame, { ...form, isOfFlow: true }, frame.say('second_factor.passkey')) : ''
  const email = hasMailbox ? renderButton({ text: frame.say(form.isLinkMailed === true ? 'link.email' : 'second_factor.email_code'), look: 'secondary', intent: 'email_code' }) : ''
  const phone = hasPhone ? renderButton({ text: frame.say('second_factor.phone_code'), look: 'secondary', intent: 'phone_code' }) : ''
  const sent = email + phone === '' ? '' : renderFlowForm(frame, form, email + phone)
  const explanation = hasTotp ? 'second_factor.explanation' : hasPasskey ? 'second_factor.use_passkey' : 'second_factor.other_explanation'
  const recovery = screen.authentications.includes('recovery_code') ? renderRecovery(frame, form, { isOpen: !hasTotp && !hasMailbox && !hasPhone && !hasPasskey, error: hasTotp ? undefined : error }) : ''
  return renderCard(frame, {
    title: frame.say('second_factor.title'),
    body: html`<p>${frame.say(explanation)}</p>!${totp}!${passkey}!${sent}!${recovery}`,
    form,
    failure: screen.failure,
    shownAtField: ['wrong_code'],
    back: { href: startAddress(frame, screen.flow), label: frame.say(isReauth ? 'reauth.back' : 'login.back') },
  })
}

function renderRecovery(frame: Frame, form: ScreenForm, { isOpen, error }: { isOpen: boolean; error: string | undefined }): string {
  const field = renderField({
    id: 'recovery-code',
    name: 'recovery_code',
    label: frame.say('field.recovery_code'),
    error,
    input: { class: 'gp-input gp-path', type: 'text', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', required: true, maxlength: 40 },
  })
  const button = renderButton({ text: frame.say('second_factor.recovery_submit'), look: 'secondary', intent: 'recovery_code' })
  const inner = renderFlowForm(frame, form, field + button)
  return html`<details!${isOpen ? ' open' : ''}><summary>${frame.say('second_factor.use_recovery_code')}</summary>!${inner}</details>`
}
