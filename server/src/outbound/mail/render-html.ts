import { html } from 'ghtml'
import type { MailContent, MailContext, MailFact, MailLink } from './mail-content.ts'
import type { MailLook } from './mail-look.ts'
import { MAIL_GROUNDS } from './mail-look.ts'

/** Mail programs drop style sheets more often than inline styles, so the light look is inline and the dark one on top. */
const darkOf = ({ accent }: MailLook) => `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){.page{background:#14181d!important}.card{background:${MAIL_GROUNDS.dark}!important;border-color:#333c46!important}
.ink{color:#e9edf1!important}.quiet{color:#a8b2bd!important}.code{background:#14181d!important;border-color:#46525e!important}
.primary{background:${accent.dark.color}!important;color:${accent.dark.onIt}!important}.link{color:${accent.dark.color}!important}}`

const FONT = 'font-family:system-ui,-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif'
const PARAGRAPH = 'margin:0 0 16px;font-size:16px;line-height:24px;color:#1d2530'
const QUIET = 'margin:0 0 12px;font-size:14px;line-height:20px;color:#56616d'
const CODE = [
  'margin:8px 0 24px;padding:16px;border:1px solid #c9d1d9;border-radius:8px;background:#f5f7f9;text-align:center;color:#1d2530',
  'font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:36px;line-height:44px;font-weight:700;letter-spacing:6px',
].join(';')
const buttonOf = ({ accent, radius }: MailLook) =>
  `display:inline-block;padding:12px 20px;border-radius:${radius}px;background:${accent.light.color};color:${accent.light.onIt};font-weight:600;text-decoration:none`

/**
 * The text/html part: the one layout of every mail. No script, and nothing fetched but a logo that an operator
 * asked for, so that otherwise reading it tells nobody.
 * Every value goes through the escaping tag; only markup made by the functions of this file goes in raw.
 */
export function renderHtml(content: MailContent, { say, brand, look, language, direction }: MailContext): string {
  return html`<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${content.subject}</title>
<style>!${darkOf(look)}</style>
</head>
<body class="page" style="margin:0;padding:24px 12px;background:#f0f2f5;!${FONT}">
<div class="card" style="max-width:480px;margin:0 auto;padding:32px 24px;border:1px solid #dde2e7;border-radius:!${look.radius + 4}px;background:!${MAIL_GROUNDS.light}">
!${renderBrand(brand, look)}
<h1 class="ink" style="margin:0 0 16px;font-size:22px;line-height:28px;color:#1d2530">${content.heading}</h1>
<p class="ink" style="!${PARAGRAPH}">${content.lead.join(' ')}</p>
!${renderMiddle(content, look)}</div>
<p class="quiet" style="max-width:480px;!${QUIET};margin:16px auto 0;text-align:center">${say('mail.sent_by', { brand })}!${look.footer === undefined ? '' : html`<br>${look.footer}`}</p>
</body>
</html>
`
}

function renderBrand(brand: string, { logoUrl }: MailLook): string {
  if (logoUrl === undefined) return html`<p class="quiet" style="!${QUIET};font-weight:600">${brand}</p>`
  return html`<p class="quiet" style="!${QUIET};font-weight:600"><img src="${logoUrl}" alt="${brand}" height="32" style="height:32px;max-width:200px;border:0"></p>`
}

function renderMiddle(content: MailContent, look: MailLook): string {
  const closing = content.closing.map(renderClosing)
  const blocks = [renderCode(content.code), renderFacts(content.facts ?? []), ...closing, renderLinks(content.links ?? [], look)]
  return blocks.filter((block) => block !== '').join('\n')
}

function renderCode(code: string | undefined): string {
  return code === undefined ? '' : html`<p class="code ink" style="!${CODE}">${code}</p>`
}

function renderFacts(facts: readonly MailFact[]): string {
  if (facts.length === 0) return ''
  const lines = facts.map((fact) => html`<span class="quiet" style="color:#56616d">${fact.label}:</span> ${fact.value}`)
  return html`<p class="ink" style="!${PARAGRAPH};overflow-wrap:anywhere">!${lines.join('<br>')}</p>`
}

function renderClosing(sentence: string): string {
  return html`<p class="quiet" style="!${QUIET}">${sentence}</p>`
}

function renderLinks(links: readonly MailLink[], look: MailLook): string {
  const [first, ...others] = links
  if (!first) return ''
  const button = html`<p style="margin:24px 0 12px"><a class="primary" href="${first.url}" style="!${buttonOf(look)}">${first.label}</a></p>`
  return [button, ...others.map((link) => renderQuietLink(link, look))].join('\n')
}

function renderQuietLink(link: MailLink, { accent }: MailLook): string {
  return html`<p style="margin:0 0 12px"><a class="link" href="${link.url}" style="color:!${accent.light.color}">${link.label}</a></p>`
}
