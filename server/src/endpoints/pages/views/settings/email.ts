import { html } from 'ghtml'
import { fillText } from '../fill-text.ts'
import type { Frame } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderField } from '../parts/field.ts'
import { renderIcon } from '../parts/icon.ts'
import { fieldId, keptValue, renderSection, renderSettingsForm } from './section.ts'
import type { SettingsModel } from './settings-model.ts'

/** The address in use, whether it is proven, and a form for another. */
export function renderEmailSection(frame: Frame, model: SettingsModel): string {
  const mark = model.user.emailVerified
    ? html`<span class="gp-badge gp-badge-success">!${renderIcon(frame, 'check')}${fillText('settings.email_verified')}</span>`
    : html`<span class="gp-badge">${fillText('settings.email_unverified')}</span>`
  const field = renderField({
    id: fieldId('new_email'),
    name: 'new_email',
    label: fillText('settings.new_email'),
    hint: fillText('settings.new_email_hint'),
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
  const form = renderSettingsForm(frame, 'email', field + renderButton({ text: fillText('settings.email_submit'), look: 'secondary' }))
  return renderSection('email', fillText('settings.email'), html`<p class="gp-fact"><span>${model.user.email}</span> !${mark}</p>!${form}`)
}
