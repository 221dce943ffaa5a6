import { html } from 'ghtml'
import type { Frame } from '../frame.ts'
import { renderHiddenFields } from '../parts/hidden-fields.ts'
import type { SettingsField, SettingsModel } from './settings-model.ts'

/** Of a section's heading, where links to the section lead. */
export const headingId = (section: string): string => `${section}-heading`

/** A section with its heading; `body` is HTML. */
export function renderSection(id: string, heading: string, body: string): string {
  return html`<section class="gp-section" aria-labelledby="${headingId(id)}">
<h2 id="${headingId(id)}">${heading}</h2>
!${body}
</section>`
}

/** A form of the settings; `path` is below `{basePath}/settings`. */
export function renderSettingsForm(frame: Frame, path: string, body: string, further: Readonly<Record<string, string>> = {}): string {
  return html`<form class="gp-form" method="post" action="${frame.basePath}/settings/${path}">
!${renderHiddenFields(frame, further)}
!${body}
</form>`
}

/** The input id of a field, also the target of the error summary. */
export function fieldId(field: SettingsField): string {
  return field.replaceAll('_', '-')
}

/** What the person typed, when the form came back with an error, else what is stored. */
export function keptValue(model: SettingsModel, field: SettingsField, stored: string): string {
  return model.values?.[field] ?? stored
}
