import { html } from 'ghtml'
import { accountName } from '../../../../domain/account-name.ts'
import type { Frame } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderPasswordField } from '../parts/password-field.ts'
import { renderSection, renderSettingsForm } from './section.ts'
import type { SettingsModel } from './settings-model.ts'

/** A new password needs the current one: an open browser alone must not be enough to take the account over. */
export function renderPasswordSection(frame: Frame, model: SettingsModel): string {
  if (model.passwordForm === 'none') return ''
  const name = accountName({ ...model.user, phone: model.phones.list[0]?.phone ?? null })
  const current = renderPasswordField(frame, {
    name: 'current_password',
    label: frame.say('field.current_password'),
    error: model.errors?.current_password,
    autofocus: model.errors?.current_password !== undefined,
  })
  const body =
    html`<input type="text" autocomplete="username" value="${name}" readonly hidden>` +
    (model.passwordForm === 'change' ? current : '') +
    renderPasswordField(frame, {
      name: 'new_password',
      label: frame.say('field.new_password'),
      rules: model.passwordRules,
      error: model.errors?.new_password,
      autofocus: model.errors?.new_password !== undefined && model.errors.current_password === undefined,
    }) +
    renderButton({ text: frame.say('settings.password_submit'), look: 'secondary' })
  const hint = html`<p class="gp-hint">${frame.say('settings.password_hint')}</p>`
  return renderSection('password', frame.say('settings.password'), hint + renderSettingsForm(frame, 'password', body))
}
