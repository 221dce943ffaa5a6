import { html } from 'ghtml'
import type { Frame } from './frame.ts'
import { renderPage } from './layout.ts'

/** Goes on by itself, at once; where a browser does not, by its link. */
export function renderOnward(frame: Frame, to: string): string {
  const title = frame.say('page.back_to_application')
  return renderPage(frame, {
    title,
    width: 'card',
    goesOnTo: to,
    main: html`<div class="gp-card gp-message">
<h1>${title}</h1>
<a class="gp-button gp-button-primary" href="${to}">${frame.say('code.submit')}</a>
</div>`,
  })
}
