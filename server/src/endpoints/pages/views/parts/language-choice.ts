import { html } from 'ghtml'
import { LANGUAGES } from '../../../../languages/index.ts'
import type { Frame } from '../frame.ts'
import { renderButton } from './buttons.ts'
import { renderHiddenFields } from './hidden-fields.ts'

/** What says where a page stands. */
const KEPT = new Set(['flow', 'flow_name', 'challenge', 'invitation', 'token', 'id', 'request'])
/** A secret is kept by the page alone that is nothing without it. */
const NEEDS_SECRET = /\/first_admin$/
const TOKEN = /^[\w.~-]{1,8192}$/

/**
 * A choice between all languages, each in its own words. It reads the same address again; an answer to a form is asked for
 * by a form, which keeps what was typed.
 */
export function renderLanguageChoice(frame: Frame): string {
  const { here } = frame
  if (!here || Object.keys(LANGUAGES).length < 2) return ''
  const kept = Object.entries(here.query).flatMap(([name, value]): [string, string][] => {
    // Only the place that was judged is passed on, and of the rest what is no text of somebody's own.
    if (name === 'return_to') return [[name, frame.returnTo]]
    return (KEPT.has(name) || (name === 'secret' && NEEDS_SECRET.test(here.path))) && TOKEN.test(value) ? [[name, value]] : []
  })
  const options = Object.entries(LANGUAGES).map(
    ([tag, { name, direction }]) => html`<option value="${tag}" lang="${tag}" dir="${direction}"!${tag === frame.language ? ' selected' : ''}>${name}</option>`,
  )
  const { typed } = here
  const query = new URLSearchParams(kept.filter(([name]) => name !== 'return_to')).toString()
  const [start, hidden] = typed
    ? [html`<form class="gp-language" method="post" action="${query === '' ? here.path : `${here.path}?${query}`}">`, renderHiddenFields(frame, typed)]
    : [html`<form class="gp-language" method="get" action="${here.path}">`, kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`).join('')]
  return html`!${start}
!${hidden}
<label class="gp-visually-hidden" for="ui-locales">${frame.say('page.language')}</label>
<select id="ui-locales" name="ui_locales">!${options}</select>
!${renderButton({ text: frame.say('page.language_submit'), look: 'link', ...(typed ? { intent: 'language' } : {}) })}
</form>`
}
