import { html } from 'ghtml'
import type { Frame } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderField } from '../parts/field.ts'
import { renderIcon } from '../parts/icon.ts'
import { fieldId, keptValue, renderSection, renderSettingsForm } from './section.ts'
import type { SettingsModel } from './settings-model.ts'

/** The address in use, whether it is proven, and a form for another. */
export function renderEmailSection(frame: Frame, model: SettingsModel): string {
  const mark = model.user.emailVerified
    ? html`<span class="gp-badge gp-badge-success">!${renderIcon(frame, 'check')}${frame.say('settings.email_verified')}</span>`
    : html`<span class="gp-badge">${frame.say('settings.email_unverified')}</span>`
  const field = renderField({
    id: fieldId('new_email'),
    name: 'new_email',
    label: frame.say('settings.new_email'),
    hint: frame.say('settings.new_email_hint'),
    error: model.errors?.new_email,
    input: {
      type: 'email',
      autocomplete: 'email',
      autocapitalize: 'none',
      spellcheck: 'false',
      required: true,
      value: keptValue(model, 'new_email', ''),
      autofocus: model.errors?.new_email !== undefined,
    },
  })
  const form = renderSettingsForm(frame, 'email', field + renderButton({ text: frame.say('settings.email_submit'), look: 'secondary' }))
  return renderSection('email', frame.say('settings.email'), html`<p class="gp-fact"><span>${model.user.email}</span> !${mark}</p>!${form}`)
}
