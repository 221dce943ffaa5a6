import { html } from 'ghtml'
import { fillHtml } from './fill-html.ts'
import type { Frame } from './frame.ts'
import { renderPage } from './layout.ts'
import { renderBanner } from './parts/banner.ts'
import { renderButton } from './parts/buttons.ts'
import { renderHiddenFields } from './parts/hidden-fields.ts'
import { scopeText } from './parts/scope-text.ts'

export interface ConsentModel {
  readonly request: string
  readonly clientName: string
  /** `description`: what a resource says of a scope of its own. */
  readonly scopes: readonly { readonly scope: string; readonly isNew: boolean; readonly description?: string | undefined }[]
  /** Host of the redirect URI; undefined where it leads to an application on the device. */
  readonly host: string | undefined
  /** Nobody here made it: it registered itself, or is described by a document. */
  readonly isUnknown: boolean
  /** Where that document is. */
  readonly address: string | undefined
  /** What the client declares of itself, https only. */
  readonly website: string | undefined
  readonly privacy: string | undefined
  readonly terms: string | undefined
}

/** Who asks for what, and where the answer goes; posts `decision` to `{basePath}/consent`. */
export function renderConsent(frame: Frame, model: ConsentModel): string {
  const title = frame.say('consent.title', { client: model.clientName })
  const client = html`<strong><bdi>${model.clientName}</bdi></strong>`
  const form = (body: string) => html`<form class="gp-form" method="post" action="${frame.basePath}/consent">
!${renderHiddenFields(frame, { request: model.request })}
!${body}
</form>`
  const answers =
    renderButton({ text: frame.say('consent.allow'), look: 'primary', intent: 'allow' }) + renderButton({ text: frame.say('consent.refuse'), look: 'secondary', intent: 'refuse' })
  return renderPage(frame, {
    title,
    width: 'card',
    main: html`<div class="gp-card">
<h1>${title}</h1>
!${renderUnknown(frame, model)}
!${renderOwnWords(frame, model)}
<p>!${fillHtml(frame, 'consent.asks', { client })}</p>
!${renderScopes(frame, model)}
<p>!${model.host === undefined ? html`${frame.say('consent.leads_to_device')}` : fillHtml(frame, 'consent.leads_to', { host: html`<strong class="gp-path">${model.host}</strong>` })}</p>
<p class="gp-hint">${frame.say('consent.take_back')}</p>
!${form(answers)}
<p>!${fillHtml(frame, 'consent.signed_in_as', { name: html`<strong><bdi>${frame.signedInAs ?? ''}</bdi></strong>` })}</p>
!${form(renderButton({ text: frame.say('consent.other_account'), look: 'link', intent: 'other_account' }))}
</div>`,
  })
}

function renderScopes(frame: Frame, { scopes }: ConsentModel): string {
  // Where everything is new the word would say nothing.
  const isWider = scopes.some(({ isNew }) => !isNew)
  const badge = html` <span class="gp-badge">${frame.say('consent.new')}</span>`
  return html`<ul>!${scopes.map(({ scope, isNew, description }) => html`<li>${scopeText(frame.say, scope, description)}!${isWider && isNew ? badge : ''}</li>`)}</ul>`
}

function renderUnknown(frame: Frame, { isUnknown, address }: ConsentModel): string {
  if (!isUnknown) return ''
  return renderBanner(frame, { tone: 'info', text: frame.say('consent.unknown') }) + (address === undefined ? '' : html`<p class="gp-path">${address}</p>`)
}

function renderOwnWords(frame: Frame, { website, privacy, terms }: ConsentModel): string {
  const links = [[website, 'consent.website'], [privacy, 'page.privacy'], [terms, 'page.terms']] as const
  const shown = links.flatMap(([href, text]) => (href === undefined ? [] : [html`<a href="${href}" rel="noreferrer">${frame.say(text)}</a>`]))
  return shown.length === 0 ? '' : html`<p class="gp-hint">!${shown.join(' · ')}</p>`
}
