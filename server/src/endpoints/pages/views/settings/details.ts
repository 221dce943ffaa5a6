import { html } from 'ghtml'
import type { AttributeFault } from '../../../../domain/profile/attribute.ts'
import type { ProfileEntry } from '../../../../services/profiles/index.ts'
import type { Frame } from '../frame.ts'
import { renderPage } from '../layout.ts'
import { renderButton } from '../parts/buttons.ts'
import { attributeProblem, renderAttribute, renderFacts } from './attribute-fields.ts'
import { renderSettingsForm } from './section.ts'

export interface DetailsModel {
  readonly entries: readonly ProfileEntry[]
  readonly faults: readonly AttributeFault[]
  /** What was typed, by field name; kept after an error. */
  readonly typed: Readonly<Record<string, string>>
}

/** Everything a person may tell about themself in one form; what they may only read stands above it. */
export function renderDetails(frame: Frame, { entries, faults, typed }: DetailsModel): string {
  const title = frame.say('details.title')
  const written = entries.filter((one) => one.definition.access.person === 'write')
  const fields = written.map((entry) => {
    const fault = faults.find((one) => one.name === entry.definition.name)
    return renderAttribute(frame, entry, { typed, error: fault && attributeProblem(frame, entry.definition, fault), autofocus: fault !== undefined && fault === faults[0] })
  })
  const form = written.length === 0 ? '' : renderSettingsForm(frame, 'details', fields.join('') + renderButton({ text: frame.say('details.submit'), look: 'primary' }))
  return renderPage(frame, {
    title,
    width: 'card',
    hasError: faults.length > 0,
    back: { href: `${frame.basePath}/settings`, label: frame.say('details.back') },
    main: html`<div class="gp-card">
<h1>${title}</h1>
!${renderFacts(frame, entries.filter((one) => one.definition.access.person === 'read'))}
!${form}
</div>`,
  })
}
