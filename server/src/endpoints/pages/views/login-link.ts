import { html } from 'ghtml'
import { fillHtml } from './fill-html.ts'
import type { Frame } from './frame.ts'
import { renderPage } from './layout.ts'
import { renderButton } from './parts/buttons.ts'
import { renderHiddenFields } from './parts/hidden-fields.ts'
import { renderTime } from './parts/time.ts'

export interface LoginLinkModel {
  readonly purpose: 'login' | 'account_recovery' | 'reauth' | 'second_factor'
  readonly maskedDestination: string
  /** False where another browser asked for the link than the one that opened it. */
  readonly isHere: boolean
  readonly link: string
  /** When it was asked for, milliseconds UTC, and by whom. */
  readonly at: number
  readonly ip: string
  readonly device: string
}

/** One question and one button, which alone does something. */
export function renderLoginLink(frame: Frame, model: LoginLinkModel): string {
  const title = frame.say(`link.${model.purpose}`, { destination: model.maskedDestination })
  const about = model.isHere ? html`<p>${frame.say('link.only_if_asked')}</p>` : renderRequester(frame, model)
  const button = renderButton({ text: frame.say(model.isHere ? 'link.submit' : 'link.approve'), look: 'primary' })
  return renderPage(frame, {
    title,
    width: 'card',
    main: html`<div class="gp-card">
<h1>${title}</h1>
!${about}
<form class="gp-form" method="post" action="${frame.basePath}/login_link">
!${renderHiddenFields(frame, { token: model.link })}
!${button}
</form>
</div>`,
  })
}

/** Who waits, so that a reader can tell whether it is themself. */
function renderRequester(frame: Frame, { device, ip, at }: LoginLinkModel): string {
  return html`<p>${frame.say('link.other_device')}</p>
<ul class="gp-list">
<li>${frame.say('link.device', { device })}</li>
<li>${frame.say('link.ip', { ip })}</li>
<li>!${fillHtml(frame, 'link.time', { time: renderTime(frame, at) })}</li>
</ul>
<p><strong>${frame.say('link.never')}</strong></p>`
}
