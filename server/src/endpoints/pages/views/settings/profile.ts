import { html } from 'ghtml'
import type { Frame } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderField } from '../parts/field.ts'
import { renderHiddenFields } from '../parts/hidden-fields.ts'
import { renderFacts } from './attribute-fields.ts'
import { fieldId, keptValue, renderSection, renderSettingsForm } from './section.ts'
import type { SettingsModel } from './settings-model.ts'

/** Display name and username, each saved by its own form. */
export function renderProfileSection(frame: Frame, model: SettingsModel): string {
  return renderSection('profile', frame.say('settings.profile'), renderDisplayName(frame, model) + renderUsername(frame, model) + renderPicture(frame, model) + renderDetails(frame, model))
}

/** What was told, and the way to the form for it. */
function renderDetails(frame: Frame, { details }: SettingsModel): string {
  if (details.length === 0) return ''
  const link = html`<p><a class="gp-button gp-button-secondary" href="${frame.basePath}/settings/details">${frame.say('settings.details_edit')}</a></p>`
  return renderFacts(frame, details.filter((one) => one.value !== null)) + (details.some((one) => one.definition.access.person === 'write') ? link : '')
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

/** The one form with a file in it; what is noted in the image beside its pixels is left out. */
function renderPicture(frame: Frame, { pictureUrl }: SettingsModel): string {
  const field = renderField({
    id: 'picture',
    name: 'picture',
    label: frame.say('settings.picture'),
    hint: frame.say('settings.picture_hint'),
    input: { type: 'file', accept: 'image/png,image/jpeg,image/webp', required: true },
  })
  const shown = pictureUrl === null ? '' : html`<p><img src="${pictureUrl}" alt="${frame.say('settings.picture')}" width="96" height="96"></p>`
  const put = html`<form class="gp-form" method="post" enctype="multipart/form-data" action="${frame.basePath}/settings/picture">!${renderHiddenFields(frame)}!${field}!${renderButton({ text: frame.say('settings.picture_submit'), look: 'secondary' })}</form>`
  const remove = pictureUrl === null ? '' : renderSettingsForm(frame, 'picture/remove', renderButton({ text: frame.say('settings.picture_remove'), look: 'secondary' }))
  return shown + put + remove
}
