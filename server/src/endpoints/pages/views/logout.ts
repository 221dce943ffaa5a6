import { html } from 'ghtml'
import { fillHtml, fillText } from './fill-text.ts'
import type { Frame } from './frame.ts'
import { renderPage } from './layout.ts'
import { renderButton } from './parts/buttons.ts'
import { renderHiddenFields } from './parts/hidden-fields.ts'

/** A link or an image must not sign anyone out, so a GET only asks; posts to `{basePath}/logout`. */
export function renderLogout(frame: Frame): string {
  const title = fillText('logout.title')
  const explanation =
    frame.signedInAs === undefined
      ? html`${fillText('logout.explanation_nameless')}`
      : fillHtml('logout.explanation', { name: html`<strong>${frame.signedInAs}</strong>` })
  return renderPage(frame, {
    title,
    width: 'card',
    back: { href: frame.returnTo, label: fillText('logout.back') },
    main: html`<div class="gp-card">
<h1>${title}</h1>
<p>!${explanation}</p>
<form class="gp-form" method="post" action="${frame.basePath}/logout">
!${renderHiddenFields(frame)}
!${renderButton({ text: fillText('logout.submit'), look: 'primary' })}
</form>
</div>`,
  })
}
