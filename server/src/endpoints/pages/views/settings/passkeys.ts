import { html } from 'ghtml'
import { fillHtml } from '../fill-html.ts'
import type { Frame } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderField } from '../parts/field.ts'
import { renderIcon } from '../parts/icon.ts'
import { renderPasskeyForm } from '../parts/passkey-form.ts'
import { renderDate } from '../parts/time.ts'
import { renderSection, renderSettingsForm } from './section.ts'
import type { SettingsModel, SettingsPasskey } from './settings-model.ts'

const NAME_INPUT = { type: 'text', autocomplete: 'off', required: true, maxlength: 100 } as const

/** Every passkey with its name, a way to rename and to remove it, and one more to add. */
export function renderPasskeysSection(frame: Frame, { passkeys }: SettingsModel): string {
  if (!passkeys) return ''
  const explanation = html`<p class="gp-hint">${frame.say('settings.passkeys_explanation')}</p>`
  const list = passkeys.list.length === 0 ? '' : html`<ul class="gp-list">!${passkeys.list.map((one) => renderPasskey(frame, one))}</ul>`
  return renderSection('passkeys', frame.say('settings.passkeys'), explanation + list + renderAddForm(frame, passkeys.suggestedName))
}

function renderAddForm(frame: Frame, suggestedName: string): string {
  const name = renderField({
    id: 'passkey-name',
    name: 'name',
    label: frame.say('settings.passkey_name'),
    hint: frame.say('settings.passkey_name_hint'),
    input: { ...NAME_INPUT, value: suggestedName },
  })
  return renderPasskeyForm(frame, {
    ceremony: 'create',
    action: `${frame.basePath}/settings/passkeys`,
    options: '/account/passkey/options',
    hidden: {},
    fields: name,
    button: { text: frame.say('settings.passkey_add'), look: 'secondary' },
  })
}

function renderPasskey(frame: Frame, passkey: SettingsPasskey): string {
  const created = renderDate(frame, passkey.createdAt)
  const facts =
    passkey.lastUsedAt === null
      ? fillHtml(frame, 'settings.passkey_facts_unused', { created })
      : fillHtml(frame, 'settings.passkey_facts', { created, lastUsed: renderDate(frame, passkey.lastUsedAt) })
  const synced = passkey.isSynced ? html` <span class="gp-badge">${frame.say('settings.passkey_synced')}</span>` : ''
  const remove = renderButton({
    text: frame.say('settings.passkey_remove'),
    look: 'secondary',
    fullName: frame.say('settings.passkey_remove_which', { name: passkey.name }),
  })
  return html`<li class="gp-item">
!${renderIcon(frame, 'passkey')}
<div class="gp-item-text"><p class="gp-item-title"><bdi>${passkey.name}</bdi>!${synced}</p><p class="gp-hint">!${facts}</p>
!${renderRename(frame, passkey)}</div>
!${renderSettingsForm(frame, 'passkeys/remove', remove, { passkey_id: passkey.id })}
</li>`
}

/** Folded away: a list of names, not of forms. */
function renderRename(frame: Frame, passkey: SettingsPasskey): string {
  const field = renderField({
    id: `passkey-name-${passkey.id}`,
    name: 'name',
    label: frame.say('settings.passkey_new_name'),
    input: { ...NAME_INPUT, value: passkey.name },
  })
  const submit = renderButton({ text: frame.say('settings.passkey_rename_submit'), look: 'secondary' })
  const form = renderSettingsForm(frame, 'passkeys/rename', field + submit, { passkey_id: passkey.id })
  const which = frame.say('settings.passkey_rename_which', { name: passkey.name })
  return html`<details><summary aria-label="${which}">${frame.say('settings.passkey_rename')}</summary>!${form}</details>`
}
