import { html } from 'ghtml'
import { startAddress } from '../addresses.ts'
import type { Frame, ScreenForm } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderPasswordField } from '../parts/password-field.ts'
import { failureAt, renderCard, renderFlowForm, renderWho, type ScreenOf } from './screen-parts.ts'

/** A new password for the account: at the end of a recovery, or for an account that is being made. */
export function renderNewPassword(frame: Frame, screen: ScreenOf<'new_password'>, form: ScreenForm): string {
  const isRecovery = screen.flow === 'account_recovery'
  const fields =
    renderWho(frame, screen.displayIdentifier) +
    renderPasswordField(frame, {
      name: 'new_password',
      label: frame.say('field.new_password'),
      rules: screen.passwordRules,
      error: failureAt(frame, screen.failure, 'unacceptable_password'),
      autofocus: true,
    }) +
    renderButton({ text: frame.say(isRecovery ? 'recovery.new_password_submit' : 'signup.submit'), look: 'primary', intent: 'new_password' })
  const explanation = isRecovery ? html`<p>${frame.say('recovery.new_password_explanation')}</p>` : ''
  return renderCard(frame, {
    title: frame.say('recovery.new_password_title'),
    body: explanation + renderFlowForm(frame, form, fields),
    form,
    failure: screen.failure,
    shownAtField: ['unacceptable_password'],
    back: { href: startAddress(frame, screen.flow), label: frame.say(isRecovery ? 'recovery.back' : 'page.back') },
  })
}
