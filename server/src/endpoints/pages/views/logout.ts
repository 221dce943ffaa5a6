import { html } from 'ghtml'
import { fillHtml } from './fill-html.ts'
import type { Frame } from './frame.ts'
import { renderPage } from './layout.ts'
import { renderButton } from './parts/buttons.ts'
import { renderHiddenFields } from './parts/hidden-fields.ts'

/** A link or an image must not sign anyone out, so a GET only asks; posts to `{basePath}/logout`. */
export function renderLogout(frame: Frame): string {
  const title = frame.say('logout.title')
  const explanation =
    frame.signedInAs === undefined
      ? html`${frame.say(frame.isAnonymous === true ? 'anonymous.sign_out' : 'logout.explanation_nameless')}`
      : fillHtml(frame, 'logout.explanation', { name: html`<strong>${frame.signedInAs}</strong>` })
  return renderPage(frame, {
    title,
    width: 'card',
    back: { href: frame.returnTo, label: frame.say('logout.back') },
    main: html`<div class="gp-card">
<h1>${title}</h1>
<p>!${explanation}</p>
<form class="gp-form" method="post" action="${frame.basePath}/logout">
!${renderHiddenFields(frame)}
!${renderButton({ text: frame.say('logout.submit'), look: 'primary' })}
</form>
</div>`,
  })
}
