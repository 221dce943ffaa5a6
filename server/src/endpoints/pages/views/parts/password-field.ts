import { html } from 'ghtml'
import type { PasswordRulesShown } from '../../../../domain/password-rules.ts'
import type { Frame } from '../frame.ts'
import { renderField } from './field.ts'

export interface PasswordField {
  readonly name: 'password' | 'new_password' | 'current_password'
  readonly label: string
  /** Of a new password: what it has to be like. */
  readonly rules?: PasswordRulesShown
  readonly error?: string | undefined
  readonly hint?: string | undefined
  readonly autofocus?: boolean
}

/**
 * A password is never written back into the page. The script adds a show / hide button, which finds its label and icon
 * in the data attributes. `maxlength` is left out on purpose: it would cut a pasted password silently.
 */
export function renderPasswordField(frame: Frame, field: PasswordField): string {
  const { rules } = field
  return renderField({
    id: field.name.replace('_', '-'),
    name: field.name,
    label: field.label,
    error: field.error,
    hint: field.hint ?? (rules ? frame.say('field.new_password_hint', { minimum: rules.minimumLength }) : undefined),
    input: {
      type: 'password',
      autocomplete: rules ? 'new-password' : 'current-password',
      required: true,
      minlength: rules?.minimumLength,
      autocapitalize: 'none',
      spellcheck: 'false',
      autofocus: field.autofocus,
    },
    wrap: (input) =>
      html`<div class="gp-password" data-sprite="${frame.assets.sprite}" data-show-label="${frame.say('field.show_password')}">!${input}</div>!${rules ? renderMeter(frame) : ''}`,
  })
}

const STRENGTHS = ['short', 'weak', 'fair', 'good', 'strong'] as const

/** Filled by its script while somebody types, with a word beside the bar; it guesses, the server decides. */
function renderMeter(frame: Frame): string {
  const words = STRENGTHS.map((strength) => frame.say(`password.strength_${strength}`)).join('|')
  return html`<p class="gp-hint" data-strengths="${words}" hidden><meter min="0" max="4" low="2" high="3" optimum="4" aria-hidden="true"></meter> <span aria-live="polite"></span></p>
<script type="module" src="${frame.assets.passwordMeter}"></script>`
}
