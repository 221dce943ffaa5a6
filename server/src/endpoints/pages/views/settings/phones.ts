import { html } from 'ghtml'
import type { Frame } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderField } from '../parts/field.ts'
import { renderIcon } from '../parts/icon.ts'
import { fieldId, keptValue, renderSection, renderSettingsForm } from './section.ts'
import type { SettingsModel } from './settings-model.ts'

/** The verified numbers, and a form for another; nothing where no number is kept and none can be written to. */
export function renderPhonesSection(frame: Frame, model: SettingsModel): string {
  const { list, isOffered } = model.phones
  if (list.length === 0 && !isOffered) return ''
  const items = list.map((one) => {
    const remove = renderButton({ text: frame.say('settings.phone_remove'), look: 'secondary', fullName: frame.say('settings.phone_remove_which', { phone: one.phone }) })
    return html`<li class="gp-item">
!${renderIcon(frame, 'check')}
<p class="gp-item-title"><bdi>${one.phone}</bdi></p>
<div>!${renderSettingsForm(frame, 'phone/remove', remove, { phone_id: one.id })}</div>
</li>`
  })
  const known = items.length === 0 ? html`<p>${frame.say('settings.no_phones')}</p>` : html`<p class="gp-hint">${frame.say('settings.phones_hint')}</p><ul class="gp-list">!${items}</ul>`
  return renderSection('phones', frame.say('settings.phones'), known + (isOffered ? renderAdd(frame, model) : ''))
}

function renderAdd(frame: Frame, model: SettingsModel): string {
  const field = renderField({
    id: fieldId('new_phone'),
    name: 'new_phone',
    label: frame.say('settings.new_phone'),
    hint: frame.say('settings.new_phone_hint'),
    error: model.errors?.new_phone,
    input: { type: 'tel', autocomplete: 'tel', required: true, value: keptValue(model, 'new_phone', ''), autofocus: model.errors?.new_phone !== undefined },
  })
  return renderSettingsForm(frame, 'phone', field + renderButton({ text: frame.say('settings.phone_submit'), look: 'secondary' }))
}
