import { html } from 'ghtml'
import type { Frame } from './frame.ts'
import { renderPage } from './layout.ts'
import { renderButton } from './parts/buttons.ts'
import { renderHiddenFields } from './parts/hidden-fields.ts'

/** The one-time link is spent by this button, never by opening the page: scanners and previews open links too. */
export function renderFirstAdmin(frame: Frame, model: { readonly email: string; readonly secret: string }): string {
  const title = frame.say('first_admin.title')
  return renderPage(frame, {
    title,
    width: 'card',
    back: { href: `${frame.basePath}/settings`, label: frame.say('page.back') },
    main: html`<div class="gp-card">
<h1>${title}</h1>
<p>${frame.say('first_admin.explanation', { email: model.email })}</p>
<form class="gp-form" method="post" action="${frame.basePath}/first_admin">
!${renderHiddenFields(frame, { secret: model.secret })}
!${renderButton({ text: frame.say('first_admin.submit'), look: 'primary' })}
</form>
</div>`,
  })
}
