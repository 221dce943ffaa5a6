import { html } from 'ghtml'
import { attributes } from './attributes.ts'

export interface Field {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  readonly error?: string | undefined
  /** Attributes of the input itself: type, autocomplete, value, required ... */
  readonly input: Readonly<Record<string, string | number | boolean | undefined>>
  /** HTML around the input, which stands in `{input}`. */
  readonly wrap?: (input: string) => string
}

/** A label, its input, a hint and the error of this field, tied together for assistive technology. */
export function renderField(field: Field): string {
  const hintId = field.hint === undefined ? undefined : `${field.id}-hint`
  const errorId = field.error === undefined ? undefined : `${field.id}-error`
  const describedBy = [errorId, hintId].filter((id) => id !== undefined).join(' ')
  const input = `<input${attributes({
    class: 'gp-input',
    id: field.id,
    name: field.name,
    ...field.input,
    'aria-invalid': field.error === undefined ? undefined : 'true',
    'aria-describedby': describedBy === '' ? undefined : describedBy,
  })}>`
  return html`<div class="gp-field">
<label for="${field.id}">${field.label}</label>
!${field.wrap ? field.wrap(input) : input}
!${errorId === undefined ? '' : html`<p class="gp-field-error" id="${errorId}">${field.error}</p>`}
!${hintId === undefined ? '' : html`<p class="gp-hint" id="${hintId}">${field.hint}</p>`}
</div>`
}
