import { html } from 'ghtml'
import { attributes } from './attributes.ts'

export interface Select {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly error: string | undefined
  readonly options: readonly (readonly [value: string, text: string])[]
  readonly chosen: string
  readonly isRequired: boolean
  readonly hasFocus: boolean
}

/** A choice of one among a few, tied to its label and error like a field. */
export function renderSelect(select: Select): string {
  const errorId = select.error === undefined ? undefined : `${select.id}-error`
  const options = select.options.map(([value, text]) => html`<option!${attributes({ value, selected: value === select.chosen })}>${text}</option>`)
  const pairs = {
    class: 'gp-input',
    id: select.id,
    name: select.name,
    required: select.isRequired,
    autofocus: select.hasFocus,
    'aria-invalid': errorId === undefined ? undefined : 'true',
    'aria-describedby': errorId,
  }
  return html`<div class="gp-field">
<label for="${select.id}">${select.label}</label>
<select!${attributes(pairs)}>!${options}</select>
!${errorId === undefined ? '' : html`<p class="gp-field-error" id="${errorId}">${select.error}</p>`}
</div>`
}
