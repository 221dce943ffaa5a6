import { html } from 'ghtml'
import type { Frame } from '../frame.ts'
import { renderPage } from '../layout.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderCodeField } from '../parts/code-field.ts'
import { renderField } from '../parts/field.ts'
import { renderTotpKey } from '../parts/totp-key.ts'
import { renderSettingsForm } from './section.ts'

export interface AddTotpModel {
  readonly key: string
  readonly account: string
  /** Sealed: the right to confirm this key in this session. */
  readonly setUp: string
  readonly name: string
  readonly error?: string
}

export function renderAddTotp(frame: Frame, model: AddTotpModel): string {
  const title = frame.say('totp.title')
  const name = renderField({
    id: 'name',
    name: 'name',
    label: frame.say('field.authenticator_name'),
    hint: frame.say('field.authenticator_name_hint'),
    input: { type: 'text', autocomplete: 'off', maxlength: 60, value: model.name },
  })
  const fields = renderCodeField(frame, model.error, 'totp') + name + renderButton({ text: frame.say('totp.confirm'), look: 'primary' })
  return renderPage(frame, {
    title,
    width: 'card',
    hasError: model.error !== undefined,
    back: { href: `${frame.basePath}/settings`, label: frame.say('reauth.back') },
    main: html`<div class="gp-card">
<h1>${title}</h1>
!${renderTotpKey(frame, model)}
!${renderSettingsForm(frame, 'authenticator_app', fields, { set_up: model.setUp })}
</div>`,
  })
}
