import { html } from 'ghtml'
import { startAddress } from '../addresses.ts'
import { deviceText } from '../device-text.ts'
import { fillHtml } from '../fill-html.ts'
import type { Frame, ScreenForm } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderIcon } from '../parts/icon.ts'
import { renderTime } from '../parts/time.ts'
import { renderCard, renderFlowForm, type ScreenOf } from './screen-parts.ts'

type TerminateOtherSessions = ScreenOf<'terminate_other_sessions'>

/** Which devices a sign-in would sign out, before it does. */
export function renderTerminateOtherSessions(frame: Frame, screen: TerminateOtherSessions, form: ScreenForm): string {
  const unseen = screen.count - screen.sessions.length
  const more = unseen > 0 ? html`<p class="gp-hint">${frame.say('terminate_sessions.more', { count: unseen })}</p>` : ''
  const button = renderButton({ text: frame.say('terminate_sessions.submit'), look: 'primary', intent: 'confirm_ending' })
  return renderCard(frame, {
    title: frame.say('terminate_sessions.title'),
    body: html`<p>${frame.say('terminate_sessions.explanation')}</p>
<ul class="gp-list">!${screen.sessions.map((session) => renderSession(frame, session))}</ul>
!${more}
!${renderFlowForm(frame, form, button)}`,
    form,
    failure: screen.failure,
    shownAtField: [],
    back: { href: startAddress(frame, screen.flow), label: frame.say('login.back') },
  })
}

function renderSession(frame: Frame, { userAgent, ip, lastUsedAt }: TerminateOtherSessions['sessions'][number]): string {
  const facts = fillHtml(frame, 'terminate_sessions.facts', { ip: html`<bdi>${ip}</bdi>`, lastUsed: renderTime(frame, lastUsedAt) })
  return html`<li class="gp-item">
!${renderIcon(frame, 'device')}
<div class="gp-item-text"><p class="gp-item-title" title="${userAgent}">${deviceText(frame.say, userAgent)}</p><p class="gp-hint">!${facts}</p></div>
</li>`
}
