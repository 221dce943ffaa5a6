import { html } from 'ghtml'
import { applicationAddress } from './addresses.ts'
import type { Frame } from './frame.ts'
import { renderPage } from './layout.ts'
import { renderTime } from './parts/time.ts'

export interface MailboxEntry {
  readonly id: string
  readonly to: string
  readonly subject: string
  /** Instant, milliseconds UTC. */
  readonly sentAt: number
  readonly state: 'pending' | 'delivered' | 'dead' | 'expired'
  readonly attempts: number
  readonly lastError: string | null
}

export interface MailboxModel {
  readonly messages: readonly MailboxEntry[]
  readonly selected?: {
    readonly id: string
    readonly to: string
    readonly from: string
    readonly subject: string
    readonly text: string
    readonly html: string
    readonly sentAt: number
  }
}

/** The development mailbox. The HTML of a message is a document of its own in a sandboxed frame, without script or origin. */
export function renderMailbox(frame: Frame, model: MailboxModel): string {
  const title = frame.say('mailbox.title')
  const home = applicationAddress(frame)
  return renderPage(frame, {
    title,
    width: 'wide',
    back: home === undefined ? undefined : { href: home, label: frame.say('page.back_to_application') },
    main: html`<h1>${title}</h1>
<p class="gp-hint">${frame.say('mailbox.explanation')}</p>
!${model.messages.length === 0 ? renderEmpty(frame) : html`<div class="gp-mailbox">!${renderList(frame, model)}!${renderSelected(frame, model)}</div>`}`,
  })
}

function renderEmpty(frame: Frame): string {
  return html`<div class="gp-section"><h2>${frame.say('mailbox.empty_title')}</h2><p>${frame.say('mailbox.empty')}</p></div>`
}

function renderList(frame: Frame, model: MailboxModel): string {
  const items = model.messages.map((message) => renderEntry(frame, message, message.id === model.selected?.id))
  return html`<nav class="gp-section gp-mail-list" aria-label="${frame.say('mailbox.list')}"><ul class="gp-list">!${items}</ul></nav>`
}

function renderEntry(frame: Frame, message: MailboxEntry, isSelected: boolean): string {
  const trouble =
    message.lastError === null
      ? ''
      : html`<span class="gp-field-error">${message.lastError} (${frame.say('mailbox.attempts', { attempts: message.attempts })})</span>`
  return html`<li><a class="gp-mail-entry" href="${frame.basePath}/dev/mailbox/${message.id}"!${isSelected ? ' aria-current="true"' : ''}>
<strong>${message.subject}</strong>
<span class="gp-hint">${message.to}</span>
<span class="gp-hint">!${renderTime(frame, message.sentAt)} · ${frame.say(`mailbox.state_${message.state}`)}</span>
!${trouble}</a></li>`
}

function renderSelected(frame: Frame, model: MailboxModel): string {
  const mail = model.selected
  if (!mail) return html`<div class="gp-section gp-mail"><p class="gp-hint">${frame.say('mailbox.choose')}</p></div>`
  const body = mail.html === '' ? '' : renderHtmlBody(frame, mail.id)
  return html`<article class="gp-section gp-mail">
<h2>${mail.subject}</h2>
<dl class="gp-facts"><div><dt>${frame.say('mailbox.from')}</dt><dd>${mail.from}</dd></div>
<div><dt>${frame.say('mailbox.to')}</dt><dd>${mail.to}</dd></div>
<div><dt>${frame.say('mailbox.sent')}</dt><dd>!${renderTime(frame, mail.sentAt)}</dd></div></dl>
<h3>${frame.say('mailbox.as_text')}</h3>
<pre class="gp-mail-text" tabindex="0">${mail.text}</pre>
!${body}
</article>`
}

function renderHtmlBody(frame: Frame, id: string): string {
  const title = frame.say('mailbox.as_html')
  return html`<h3>${title}</h3><iframe class="gp-mail-html" title="${title}" sandbox src="${frame.basePath}/dev/mailbox/${id}/html"></iframe>`
}
