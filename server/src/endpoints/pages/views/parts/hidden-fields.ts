import { html } from 'ghtml'
import type { Frame } from '../frame.ts'

/** What every form carries: `csrf_token`, `return_to`, and further fields such as `state`. */
export function renderHiddenFields(frame: Frame, further: Readonly<Record<string, string>> = {}): string {
  const fields = { csrf_token: frame.csrfToken, return_to: frame.returnTo, ...further }
  return Object.entries(fields)
    .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)
    .join('')
}
