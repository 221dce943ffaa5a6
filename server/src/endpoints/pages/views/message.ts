import { html } from 'ghtml'
import { applicationAddress } from './addresses.ts'
import type { Banner, Frame } from './frame.ts'
import { renderPage } from './layout.ts'
import { renderIcon } from './parts/icon.ts'

export interface MessageModel {
  readonly title: string
  readonly text: string
  readonly tone: Banner['tone']
  readonly action?: { readonly href: string; readonly label: string }
  /** Shown so that a person can name it to the operator, who finds it in the log. */
  readonly requestId?: string
  /** What a protocol calls what went wrong, for the developer of the application. */
  readonly problem?: string
}

const ICONS = { info: 'info', success: 'check', error: 'error' } as const

/** One thing to say and one way on: error pages, signed out, account deleted. */
export function renderMessage(frame: Frame, model: MessageModel): string {
  const home = applicationAddress(frame)
  const leadsHome = home !== undefined && model.action?.href !== home
  return renderPage(frame, {
    title: model.title,
    width: 'card',
    hasError: model.tone === 'error',
    back: leadsHome ? { href: home, label: frame.say('page.back_to_application') } : undefined,
    main: html`<div class="gp-card gp-message gp-message-${model.tone}">
!${renderIcon(frame, ICONS[model.tone])}
<h1>${model.title}</h1>
<p>${model.text}</p>
!${model.action ? html`<a class="gp-button gp-button-primary" href="${model.action.href}">${model.action.label}</a>` : ''}
!${model.problem === undefined ? '' : html`<p class="gp-hint"><code>${model.problem}</code></p>`}
!${model.requestId === undefined ? '' : html`<p class="gp-hint">${frame.say('message.request_id')} <code>${model.requestId}</code></p>`}
</div>`,
  })
}
