import { html } from 'ghtml'
import { fillHtml } from '../fill-html.ts'
import type { Frame, ScreenForm } from '../frame.ts'
import type { ButtonLook } from '../parts/buttons.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderHiddenFields } from '../parts/hidden-fields.ts'
import { renderTrust } from '../parts/trust-device.ts'
import { renderCard, type ScreenOf } from './screen-parts.ts'

/** Goes on once the link was approved elsewhere: by this button, or by the script that hears of it. */
export function renderLinkCheck(frame: Frame, form: ScreenForm, shown: { hint: string; look: ButtonLook; trustDays: number }): string {
  const events = form.eventsUrl === undefined ? '' : html` data-events="${form.eventsUrl}"`
  return html`<form class="gp-form" method="post" action="${form.action}"!${events}>
!${renderHiddenFields(frame, { state: form.state })}
!${shown.hint === '' ? '' : html`<p class="gp-hint">${shown.hint}</p>`}
!${renderTrust(frame, shown.trustDays)}
!${renderButton({ text: frame.say('link.check'), look: shown.look, intent: 'check' })}
</form>`
}

/** Waits for the link that was mailed: opened in this browser it goes on there, approved in another one it goes on here. */
export function renderAwaitLink(
  frame: Frame,
  screen: ScreenOf<'enter_one_time_code'>,
  form: ScreenForm,
  beside: { readonly back: { readonly href: string; readonly label: string }; readonly otherWay: string },
): string {
  const isSpent = screen.failure?.code === 'code_exhausted'
  const destination = html`<strong><bdi>${screen.maskedDestination}</bdi></strong>`
  const sentTo = screen.maskedDestination === '' ? html`${frame.say('link.sent_blindly')}` : fillHtml(frame, 'link.sent_to', { destination })
  const again = html`<form class="gp-other" method="post" action="${form.action}">
!${renderHiddenFields(frame, { state: form.state })}
!${isSpent ? '' : html`<p>${frame.say('code.resend_question')}</p>`}
!${renderButton({ text: frame.say('link.resend'), look: isSpent ? 'primary' : 'link', intent: 'resend' })}
</form>`
  const waiting = isSpent ? '' : html`<p>!${sentTo}</p>!${renderLinkCheck(frame, form, { hint: '', look: 'primary', trustDays: screen.trustDays })}`
  return renderCard(frame, {
    title: frame.say('link.title'),
    body: waiting + again + beside.otherWay,
    form: isSpent ? { ...form, banner: { tone: 'error', text: frame.say('link.exhausted') } } : form,
    failure: screen.failure,
    shownAtField: ['code_exhausted'],
    back: beside.back,
  })
}
