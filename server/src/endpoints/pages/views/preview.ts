import { html } from 'ghtml'
import type { Frame } from './frame.ts'
import { renderPage } from './layout.ts'

export interface PreviewModel {
  /** Names of sample pages and mails; each is an address below this page. */
  readonly pages: readonly string[]
  readonly mails: readonly string[]
}

/** Development only: every page and mail, to be looked at. */
export function renderPreview(frame: Frame, model: PreviewModel): string {
  const title = frame.say('preview.title')
  return renderPage(frame, {
    title,
    width: 'account',
    main: html`<h1>${title}</h1>
<p class="gp-hint">${frame.say('preview.explanation')}</p>
!${renderList(frame.say('preview.pages'), model.pages, `${frame.basePath}/_preview`)}
!${renderList(frame.say('preview.mails'), model.mails, `${frame.basePath}/_preview/mails`)}`,
  })
}

function renderList(title: string, names: readonly string[], base: string): string {
  const items = names.map((name) => html`<li><a class="gp-back" href="${base}/${name}">${name}</a></li>`)
  return html`<section class="gp-section"><h2>${title}</h2><ul class="gp-list">!${items}</ul></section>`
}
