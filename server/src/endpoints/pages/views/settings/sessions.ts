import { html } from 'ghtml'
import { fillHtml } from '../fill-html.ts'
import type { Frame } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderIcon } from '../parts/icon.ts'
import { renderTime } from '../parts/time.ts'
import { renderSection, renderSettingsForm } from './section.ts'
import type { SettingsModel, SettingsSession } from './settings-model.ts'

/** Every browser or device that is signed in, each with a way to end it but the one in use. */
export function renderSessionsSection(frame: Frame, model: SettingsModel): string {
  const list = html`<ul class="gp-list">!${model.sessions.map((session) => renderSession(frame, session))}</ul>`
  const hasOthers = model.sessions.some((session) => !session.isCurrent)
  const endOthers = hasOthers
    ? renderSettingsForm(frame, 'sessions/end_others', renderButton({ text: frame.say('settings.session_end_others'), look: 'secondary' }))
    : ''
  return renderSection('sessions', frame.say('settings.sessions'), list + endOthers)
}

function renderSession(frame: Frame, session: SettingsSession): string {
  const facts = fillHtml(frame, 'settings.session_facts', {
    ip: html`<bdi>${session.ip}</bdi>`,
    lastUsed: renderTime(frame, session.lastUsedAt),
    created: renderTime(frame, session.createdAt),
  })
  const action = session.isCurrent
    ? html`<span class="gp-badge gp-badge-success">${frame.say('settings.session_current')}</span>`
    : renderSettingsForm(frame, 'sessions/end', renderEndButton(frame, session), { session_id: session.id })
  return html`<li class="gp-item">
!${renderIcon(frame, 'device')}
<div class="gp-item-text"><p class="gp-item-title" title="${session.userAgent}">${session.device}</p><p class="gp-hint">!${facts}</p></div>
!${action}
</li>`
}

function renderEndButton(frame: Frame, session: SettingsSession): string {
  const fullName = frame.say('settings.session_end_which', { device: session.device, ip: session.ip })
  return renderButton({ text: frame.say('settings.session_end'), look: 'secondary', fullName })
}
