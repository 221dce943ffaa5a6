import { html } from 'ghtml'
import type { TextId } from '../../../../languages/index.ts'
import { applicationAddress } from '../addresses.ts'
import { fillHtml } from '../fill-html.ts'
import type { Frame } from '../frame.ts'
import { renderPage } from '../layout.ts'
import { renderBanner } from '../parts/banner.ts'
import { renderDate } from '../parts/time.ts'
import { renderApplicationsSection } from './applications.ts'
import { renderEmailSection } from './email.ts'
import { renderPasskeysSection } from './passkeys.ts'
import { renderPasswordSection } from './password.ts'
import { renderPhonesSection } from './phones.ts'
import { renderProfileSection } from './profile.ts'
import { fieldId, headingId, renderSection } from './section.ts'
import { renderSecondFactorsSection } from './second-factors.ts'
import { renderSessionsSection } from './sessions.ts'
import type { SettingsField, SettingsModel } from './settings-model.ts'

/** In this order; one that renders to nothing is left out. */
const SECTIONS: readonly { readonly id: string; readonly heading: TextId; readonly render: (frame: Frame, model: SettingsModel) => string }[] = [
  { id: 'profile', heading: 'settings.profile', render: renderProfileSection },
  { id: 'email', heading: 'settings.email', render: renderEmailSection },
  { id: 'phones', heading: 'settings.phones', render: renderPhonesSection },
  { id: 'password', heading: 'settings.password', render: renderPasswordSection },
  { id: 'passkeys', heading: 'settings.passkeys', render: renderPasskeysSection },
  { id: 'second-factors', heading: 'settings.second_factors', render: renderSecondFactorsSection },
  { id: 'sessions', heading: 'settings.sessions', render: renderSessionsSection },
  { id: 'applications', heading: 'settings.applications', render: renderApplicationsSection },
  { id: 'export', heading: 'settings.export', render: renderExportSection },
  { id: 'delete', heading: 'settings.delete', render: (frame, model) => (model.isDeletionOffered ? renderDeleteSection(frame) : '') },
]

/** The account of who is signed in: one section a subject, each form on its own. */
export function renderSettings(frame: Frame, model: SettingsModel): string {
  const errors = Object.entries(model.errors ?? {}) as [SettingsField, string][]
  const sections = SECTIONS.map((section) => ({ ...section, body: section.render(frame, model) })).filter(({ body }) => body !== '')
  const home = frame.returnTo !== '/' ? frame.returnTo : applicationAddress(frame)
  return renderPage(frame, {
    title: frame.say('settings.title'),
    width: 'account',
    showsAccount: true,
    hasError: errors.length > 0 || model.banner?.tone === 'error',
    back: home === undefined ? undefined : { href: home, label: frame.say('page.back_to_application') },
    main: html`<h1>${frame.say('settings.title')}</h1>
!${renderFacts(frame, model)}
!${renderBanner(frame, model.banner)}
!${renderErrorSummary(frame, errors)}
!${renderContents(frame, sections)}
!${sections.map(({ body }) => body)}`,
  })
}

function renderFacts(frame: Frame, model: SettingsModel): string {
  const since = fillHtml(frame, 'settings.since', { date: renderDate(frame, model.user.createdAt) })
  const roles = model.user.roles.length === 0 ? '' : html` · ${frame.say('settings.roles', { roles: model.user.roles.join(', ') })}`
  return html`<p class="gp-hint">!${since}!${roles}</p>`
}

/** The way to each section of a long page. */
function renderContents(frame: Frame, sections: readonly { readonly id: string; readonly heading: TextId }[]): string {
  const links = sections.map(({ id, heading }) => html`<a href="#${headingId(id)}">${frame.say(heading)}</a>`)
  return html`<nav class="gp-nav" aria-label="${frame.say('settings.title')}">!${links}</nav>`
}

function renderErrorSummary(frame: Frame, errors: readonly [SettingsField, string][]): string {
  if (errors.length === 0) return ''
  const links = errors.map(([field, text]) => html`<li><a href="#${fieldId(field)}">${text}</a></li>`)
  return html`<div class="gp-banner gp-banner-error" role="alert"><div><p>${frame.say('settings.error_summary')}</p><ul>!${links}</ul></div></div>`
}

export function renderExportSection(frame: Frame): string {
  const link = html`<a class="gp-button gp-button-secondary" href="${frame.basePath}/settings/export">${frame.say('settings.export_link')}</a>`
  return renderSection('export', frame.say('settings.export'), html`<p>${frame.say('settings.export_explanation')}</p><p>!${link}</p>`)
}

export function renderDeleteSection(frame: Frame): string {
  const link = html`<a class="gp-button gp-button-danger-quiet" href="${frame.basePath}/settings/delete">${frame.say('settings.delete_link')}</a>`
  return renderSection('delete', frame.say('settings.delete'), html`<p>${frame.say('settings.delete_explanation')}</p><p>!${link}</p>`)
}
