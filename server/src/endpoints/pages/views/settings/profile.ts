import type { Frame } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderField } from '../parts/field.ts'
import { fieldId, keptValue, renderSection, renderSettingsForm } from './section.ts'
import type { SettingsModel } from './settings-model.ts'

/** Display name and username, each saved by its own form. */
export function renderProfileSection(frame: Frame, model: SettingsModel): string {
  return renderSection('profile', frame.say('settings.profile'), renderDisplayName(frame, model) + renderUsername(frame, model))
}

function renderDisplayName(frame: Frame, model: SettingsModel): string {
  const field = renderField({
    id: fieldId('display_name'),
    name: 'display_name',
    label: frame.say('settings.display_name'),
    hint: frame.say('settings.display_name_hint'),
    error: model.errors?.display_name,
    input: {
      type: 'text',
      autocomplete: 'name',
      value: keptValue(model, 'display_name', model.user.displayName ?? ''),
      autofocus: model.errors?.display_name !== undefined,
    },
  })
  return renderSettingsForm(frame, 'profile', field + renderButton({ text: frame.say('settings.profile_submit'), look: 'secondary' }))
}

function renderUsername(frame: Frame, model: SettingsModel): string {
  const field = renderField({
    id: fieldId('username'),
    name: 'username',
    label: frame.say('settings.username'),
    error: model.errors?.username,
    input: {
      type: 'text',
      autocomplete: 'username',
      autocapitalize: 'none',
      spellcheck: 'false',
      required: true,
      value: keptValue(model, 'username', model.user.username),
      autofocus: model.errors?.username !== undefined,
    },
  })
  return renderSettingsForm(frame, 'username', field + renderButton({ text: frame.say('settings.username_submit'), look: 'secondary' }))
}
