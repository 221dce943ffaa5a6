import { html } from 'ghtml'
import type { Address, AttributeDefinition, AttributeFault, ClaimType } from '../../../../domain/profile/attribute.ts'
import { ADDRESS_PARTS } from '../../../../domain/profile/attribute.ts'
import type { StandardClaim } from '../../../../domain/profile/standard-claims.ts'
import { STANDARD_CLAIMS } from '../../../../domain/profile/standard-claims.ts'
import type { TextId } from '../../../../languages/index.ts'
import type { ProfileEntry } from '../../../../services/profiles/index.ts'
import type { Frame } from '../frame.ts'
import { renderField } from '../parts/field.ts'
import { renderSelect } from '../parts/select.ts'

const HINTS: Readonly<Partial<Record<ClaimType, TextId>>> = {
  date: 'attribute.hint_date',
  birthdate: 'attribute.hint_date',
  phone: 'attribute.hint_phone',
  url: 'attribute.hint_url',
  country: 'attribute.hint_country',
  time_zone: 'attribute.hint_time_zone',
  language: 'attribute.hint_language',
}
/** So that browsers fill them in (WCAG 2.2, 1.3.5). */
const AUTOCOMPLETE: Readonly<Record<string, string>> = {
  given_name: 'given-name',
  middle_name: 'additional-name',
  family_name: 'family-name',
  nickname: 'nickname',
  gender: 'sex',
  birthdate: 'bday',
  website: 'url',
  locale: 'language',
  street_address: 'street-address',
  locality: 'address-level2',
  region: 'address-level1',
  postal_code: 'postal-code',
  country: 'country-name',
}
const INPUT_TYPES: Readonly<Partial<Record<ClaimType, string>>> = { date: 'date', phone: 'tel', email: 'email', url: 'url', number: 'number', integer: 'number' }

/** What an attribute is called: by the setting, or by us where it is a standard claim. */
export function attributeLabel(frame: Frame, { name, label }: AttributeDefinition): string {
  return label ?? (Object.hasOwn(STANDARD_CLAIMS, name) ? frame.say(`attribute.${name as StandardClaim}`) : name.replaceAll('_', ' '))
}

export function attributeProblem(frame: Frame, { minimum, maximum }: AttributeDefinition, { problem }: AttributeFault): string {
  return isolateNumbers(frame, frame.say(`attribute.problem.${problem}`, { minimum: minimum ?? '', maximum: maximum ?? '' }))
}

/** Between words that are written from the right, a date or a telephone number would be read from its end. */
function isolateNumbers({ direction }: Frame, text: string): string {
  return direction === 'rtl' ? text.replaceAll(/\+?\d[\d -]*\d/g, '\u2066$&\u2069') : text
}

export const attributeFieldId = (name: string): string => `attribute-${name.replaceAll(/[_.]/g, '-')}`

/** Names and values, nothing to type. */
export function renderFacts(frame: Frame, entries: readonly ProfileEntry[]): string {
  return entries.map(({ definition, value }) => html`<p class="gp-fact"><span class="gp-hint">${attributeLabel(frame, definition)}</span> <bdi>${valueText(frame, value)}</bdi></p>`).join('')
}

function valueText(frame: Frame, value: ProfileEntry['value']): string {
  if (typeof value === 'boolean') return frame.say(value ? 'attribute.yes' : 'attribute.no')
  if (typeof value === 'object' && value !== null) return ADDRESS_PARTS.flatMap((part) => value[part] ?? []).join(', ')
  return value === null ? frame.say('attribute.none') : String(value)
}

/** The field of one attribute: what was typed before an error, else what is stored. */
export function renderAttribute(frame: Frame, { definition, value }: ProfileEntry, given: { typed: Readonly<Record<string, string>>; error: string | undefined; autofocus: boolean }): string {
  const { name, type, values, minimum, maximum, isRequiredAtSignup: required } = definition
  if (type === 'address') return renderAddress(frame, definition, (value ?? {}) as Address, given)
  const label = attributeLabel(frame, definition)
  const kept = given.typed[name] ?? (typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value ?? ''))
  const common = { id: attributeFieldId(name), name, label, error: given.error }
  if (type === 'enum' || type === 'boolean') {
    const options = type === 'enum' ? values.map((one) => [one, one] as const) : ([['yes', frame.say('attribute.yes')], ['no', frame.say('attribute.no')]] as const)
    return renderSelect({ ...common, options: [['', frame.say('attribute.none')], ...options], chosen: kept, isRequired: required, hasFocus: given.autofocus })
  }
  const hint = HINTS[type]
  const isNumber = type === 'number' || type === 'integer'
  return renderField({
    ...common,
    hint: hint === undefined ? undefined : isolateNumbers(frame, frame.say(hint)),
    input: {
      type: INPUT_TYPES[type] ?? 'text',
      autocomplete: AUTOCOMPLETE[name] ?? 'off',
      value: kept,
      required,
      autofocus: given.autofocus,
      min: isNumber ? (minimum ?? undefined) : undefined,
      max: isNumber ? (maximum ?? undefined) : undefined,
      step: type === 'number' ? 'any' : undefined,
    },
  })
}

function renderAddress(frame: Frame, definition: AttributeDefinition, address: Address, given: { typed: Readonly<Record<string, string>>; error: string | undefined }): string {
  const { name } = definition
  const id = attributeFieldId(name)
  // How it stands on an envelope is for applications; people are asked for the parts.
  const fields = ADDRESS_PARTS.filter((part) => part !== 'formatted').map((part, index) =>
    renderField({
      id: index === 0 ? id : attributeFieldId(`${name}.${part}`),
      name: `${name}.${part}`,
      label: frame.say(`attribute.address.${part}`),
      error: index === 0 ? given.error : undefined,
      input: { type: 'text', autocomplete: AUTOCOMPLETE[part] ?? 'off', value: given.typed[`${name}.${part}`] ?? address[part] ?? '' },
    }),
  )
  return html`<div class="gp-form" role="group" aria-labelledby="${id}-group"><h2 id="${id}-group">${attributeLabel(frame, definition)}</h2>!${fields}</div>`
}
