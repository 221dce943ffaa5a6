import { html } from 'ghtml'
import type { Frame } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderField } from '../parts/field.ts'
import { renderIcon } from '../parts/icon.ts'
import { fieldId, keptValue, renderSection, renderSettingsForm } from './section.ts'
import type { SettingsEmail, SettingsModel } from './settings-model.ts'

/** The addresses, which of them are proven, and a form for another. */
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
  // Beside an address that nobody proved there is no other: it gives way.
  const add = model.user.emailVerified ? renderButton({ text: frame.say('settings.email_add'), look: 'secondary', intent: 'add_email' }) : ''
  const form = renderSettingsForm(frame, 'email', field + html`<div class="gp-actions">!${renderButton({ text: frame.say('settings.email_submit'), look: 'secondary' })}!${add}</div>`)
  const { email } = model.user
  if (email === null) {
    const first = renderSettingsForm(frame, 'email', field + renderButton({ text: frame.say('settings.email_add_first'), look: 'secondary', intent: 'add_email' }))
    return renderSection('email', frame.say('settings.email'), html`<p>${frame.say('settings.no_emails')}</p>!${first}`)
  }
  if (model.emails.length > 1) return renderSection('email', frame.say('settings.email'), renderEmails(frame, model.emails) + form)
  const confirm = model.user.emailVerified ? '' : renderSettingsForm(frame, 'email', renderButton({ text: frame.say('settings.email_confirm'), look: 'secondary' }), { new_email: email })
  return renderSection('email', frame.say('settings.email'), html`<p class="gp-fact"><span>${email}</span> !${mark}</p>!${confirm}!${form}`)
}

function renderEmails(frame: Frame, emails: readonly SettingsEmail[]): string {
  const items = emails.map((one) => {
    const mark = one.isPrimary ? html` <span class="gp-badge gp-badge-success">${frame.say('settings.email_primary')}</span>` : ''
    const primary = renderButton({ text: frame.say('settings.email_make_primary'), look: 'secondary', fullName: frame.say('settings.email_make_primary_which', { email: one.email }) })
    const remove = renderButton({ text: frame.say('settings.email_remove'), look: 'secondary', fullName: frame.say('settings.email_remove_which', { email: one.email }) })
    return html`<li class="gp-item">
!${renderIcon(frame, 'check')}
<p class="gp-item-title"><bdi>${one.email}</bdi>!${mark}</p>
<div class="gp-actions">!${one.isPrimary ? '' : renderSettingsForm(frame, 'email/primary', primary, { email_id: one.id })}!${renderSettingsForm(frame, 'email/remove', remove, { email_id: one.id })}</div>
</li>`
  })
  return html`<p class="gp-hint">${frame.say('settings.emails_hint')}</p><ul class="gp-list">!${items}</ul>`
}
