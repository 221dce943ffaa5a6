import { html } from 'ghtml'
import type { Frame } from './frame.ts'
import { renderPage } from './layout.ts'
import { renderButton } from './parts/buttons.ts'
import { renderField } from './parts/field.ts'
import { renderHiddenFields } from './parts/hidden-fields.ts'

export interface DeleteAccountModel {
  /** What is typed to confirm: the address, or what else the account is called; null where there is nothing. */
  readonly name: string | null
  readonly isEmail: boolean
  /** 0: at once. */
  readonly graceDays: number
  readonly error?: string
}

/** Says what goes for good and asks for the address or number, where there is one, as the deliberate act; posts `confirm_email`. */
export function renderDeleteAccount(frame: Frame, model: DeleteAccountModel): string {
  const title = frame.say('delete.title')
  const items = (['delete.what_profile', 'delete.what_factors', 'delete.what_sessions', 'delete.what_application'] as const).map((id) => html`<li>${frame.say(id)}</li>`)
  const field = model.name === null ? '' : renderField({
    id: 'confirm-email',
    name: 'confirm_email',
    label: frame.say('delete.confirm_label', { email: model.name }),
    error: model.error,
    input: {
      type: model.isEmail ? 'email' : 'text',
      autocomplete: 'off',
      autocapitalize: 'none',
      spellcheck: 'false',
      required: true,
      autofocus: model.error !== undefined,
    },
  })
  return renderPage(frame, {
    title,
    width: 'card',
    hasError: model.error !== undefined,
    back: { href: `${frame.basePath}/settings`, label: frame.say('delete.back') },
    main: html`<div class="gp-card">
<h1>${title}</h1>
<p>${model.graceDays === 0 ? frame.say('delete.explanation') : frame.say('delete.explanation_grace', { days: frame.formatDuration(model.graceDays, 'day') })}</p>
<ul>!${items}</ul>
<form class="gp-form" method="post" action="${frame.basePath}/settings/delete">
!${renderHiddenFields(frame)}
!${field}
!${renderButton({ text: frame.say(model.graceDays === 0 ? 'delete.submit' : 'delete.submit_grace'), look: 'danger' })}
</form>
</div>`,
  })
}
