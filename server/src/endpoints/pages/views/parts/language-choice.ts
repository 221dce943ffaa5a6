import { html } from 'ghtml'
import { LANGUAGES } from '../../../../languages/index.ts'
import type { Frame } from '../frame.ts'

/** A choice between all languages, each in its own words. It reads the same address again; nothing on an answer to a form. */
export function renderLanguageChoice(frame: Frame): string {
  const { here } = frame
  if (!here || Object.keys(LANGUAGES).length < 2) return ''
  const kept = Object.entries(here.query)
    .filter(([name]) => name !== 'ui_locales' && name !== 'notice')
    // What was asked for may be refused: only the place that was judged is passed on.
    .map(([name, value]) => [name, name === 'return_to' ? frame.returnTo : value] as const)
  const options = Object.entries(LANGUAGES).map(
    ([tag, { name, direction }]) => html`<option value="${tag}" lang="${tag}" dir="${direction}"!${tag === frame.language ? ' selected' : ''}>${name}</option>`,
  )
  return html`<form class="gp-language" method="get" action="${here.path}">
!${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`).join('')}
<label class="gp-visually-hidden" for="ui-locales">${frame.say('page.language')}</label>
<select id="ui-locales" name="ui_locales">!${options}</select>
<button class="gp-button gp-button-link" type="submit">${frame.say('page.language_submit')}</button>
</form>`
}
