import { html } from 'ghtml'
import { LANGUAGES } from '../../../../languages/index.ts'
import type { Frame } from '../frame.ts'

/** What says where a page stands. */
const KEPT = new Set(['flow', 'flow_name', 'challenge', 'invitation', 'token', 'id', 'request'])
const TOKEN = /^[\w.~-]{1,8192}$/

/** A choice between all languages, each in its own words. It reads the same address again; nothing on an answer to a form. */
export function renderLanguageChoice(frame: Frame): string {
  const { here } = frame
  if (!here || Object.keys(LANGUAGES).length < 2) return ''
  const kept = Object.entries(here.query).flatMap(([name, value]): [string, string][] => {
    // Only the place that was judged is passed on, and of the rest what is no text of somebody's own.
    if (name === 'return_to') return [[name, frame.returnTo]]
    return KEPT.has(name) && TOKEN.test(value) ? [[name, value]] : []
  })
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
