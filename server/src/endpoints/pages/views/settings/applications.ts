import { html } from 'ghtml'
import { fillHtml } from '../fill-html.ts'
import type { Frame } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { scopeText } from '../parts/scope-text.ts'
import { renderDate } from '../parts/time.ts'
import { renderSection, renderSettingsForm } from './section.ts'
import type { SettingsApplication, SettingsModel } from './settings-model.ts'

/** Every application that has access to the account, each with a way to end that. */
export function renderApplicationsSection(frame: Frame, { applications }: SettingsModel): string {
  if (applications.length === 0) return ''
  return renderSection('applications', frame.say('settings.applications'), html`<ul class="gp-list">!${applications.map((one) => renderApplication(frame, one))}</ul>`)
}

function renderApplication(frame: Frame, { clientId, name, scopes, since, lastUsedAt, signInUri }: SettingsApplication): string {
  const begun = renderDate(frame, since)
  const facts =
    lastUsedAt === null ? fillHtml(frame, 'settings.application_facts_unused', { since: begun }) : fillHtml(frame, 'settings.application_facts', { since: begun, lastUsed: renderDate(frame, lastUsedAt) })
  const remove = renderButton({ text: frame.say('settings.application_end'), look: 'secondary', fullName: frame.say('settings.application_end_which', { name }) })
  return html`<li class="gp-item">
<div class="gp-item-text"><p class="gp-item-title">!${signInUri === null ? html`<bdi>${name}</bdi>` : html`<a href="${signInUri}"><bdi>${name}</bdi></a>`}</p><p class="gp-hint">!${facts}</p>
<p class="gp-hint">${scopes.map((scope) => scopeText(frame.say, scope)).join(' · ')}</p></div>
!${renderSettingsForm(frame, 'applications/remove', remove, { client_id: clientId })}
</li>`
}
