import { html } from 'ghtml'
import { PASSWORD_MIN_LENGTH } from '../../../../domain/password-rules.ts'
import type { Frame } from '../frame.ts'
import { renderField } from './field.ts'

export interface PasswordField {
  readonly name: 'password' | 'new_password' | 'current_password'
  readonly label: string
  readonly error?: string | undefined
  readonly hint?: string | undefined
  readonly autofocus?: boolean
}

/**
 * A password is never written back into the page. The script adds a show / hide button, which finds its label and icon
 * in the data attributes. `maxlength` is left out on purpose: it would cut a pasted password silently.
 */
export function renderPasswordField(frame: Frame, field: PasswordField): string {
  const isNew = field.name === 'new_password'
  return renderField({
    id: field.name.replace('_', '-'),
    name: field.name,
    label: field.label,
    error: field.error,
    hint: field.hint ?? (isNew ? frame.say('field.new_password_hint', { minimum: PASSWORD_MIN_LENGTH }) : undefined),
    input: {
      type: 'password',
      autocomplete: isNew ? 'new-password' : 'current-password',
      required: true,
      minlength: isNew ? PASSWORD_MIN_LENGTH : undefined,
      autocapitalize: 'none',
      spellcheck: 'false',
      autofocus: field.autofocus,
    },
    wrap: (input) =>
      html`<div class="gp-password" data-sprite="${frame.assets.sprite}" data-show-label="${frame.say('field.show_password')}">!${input}</div>`,
  })
}
