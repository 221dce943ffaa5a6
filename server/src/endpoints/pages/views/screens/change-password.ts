import { html } from 'ghtml'
import { startAddress } from '../addresses.ts'
import type { Frame, ScreenForm } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderPasswordField } from '../parts/password-field.ts'
import { failureAt, renderCard, renderFlowForm, renderWho, type ScreenOf } from './screen-parts.ts'

/** The password was right and may not stay: another one before anybody is signed in. */
export function renderChangePassword(frame: Frame, screen: ScreenOf<'change_password'>, form: ScreenForm): string {
  const fields =
    renderWho(frame, screen.displayIdentifier) +
    renderPasswordField(frame, {
      name: 'new_password',
      label: frame.say('field.new_password'),
      rules: screen.passwordRules,
      error: failureAt(frame, screen.failure, 'unacceptable_password'),
      autofocus: true,
    }) +
    renderButton({ text: frame.say('change_password.submit'), look: 'primary', intent: 'new_password' })
  return renderCard(frame, {
    title: frame.say('recovery.new_password_title'),
    body: html`<p>${frame.say(`change_password.${screen.reason}`)}</p>!${renderFlowForm(frame, form, fields)}`,
    form,
    failure: screen.failure,
    shownAtField: ['unacceptable_password'],
    back: { href: startAddress(frame, screen.flow), label: frame.say('login.back') },
  })
}
