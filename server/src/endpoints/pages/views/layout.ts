import { html } from 'ghtml'
import { LINK_NAMES } from '../../../domain/branding/index.ts'
import { fillHtml } from './fill-html.ts'
import type { Frame } from './frame.ts'
import { renderHiddenFields } from './parts/hidden-fields.ts'
import { renderIcon } from './parts/icon.ts'
import { renderLanguageChoice } from './parts/language-choice.ts'

export interface Page {
  readonly title: string
  /** `card` is a single form, `account` the settings, `wide` the mailbox. */
  readonly width: 'card' | 'account' | 'wide'
  /** Where the browser goes without being asked. */
  readonly goesOnTo?: string
  /** After so many seconds; at once where nothing is said. */
  readonly goesOnAfterSeconds?: number
  /** HTML of the page, with its own h1. */
  readonly main: string
  /** Puts "Error" in front of the title, the first thing a screen reader says after the form was sent. */
  readonly hasError?: boolean
  /** Way back, under the card. */
  readonly back?: { readonly href: string; readonly label: string } | undefined
  /** Account pages name who is signed in and offer to sign out. */
  readonly showsAccount?: boolean
  /** Only a flow goes somewhere when it is done. */
  readonly tellsReturn?: boolean
}

/** A whole document: nothing inline, so that the content security policy needs no exception. */
export function renderPage(frame: Frame, page: Page): string {
  const title = frame.say(page.hasError === true ? 'page.title_with_error' : 'page.title', { title: page.title, brand: frame.brandName })
  return html`<!doctype html>
<html lang="${frame.language}" dir="${frame.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
!${page.goesOnTo === undefined ? '' : html`<meta http-equiv="refresh" content="${page.goesOnAfterSeconds ?? 0};url=${page.goesOnTo}">`}
<title>${title}</title>
<link rel="icon" href="${frame.assets.favicon}" type="${frame.assets.favicon.endsWith('.png') ? 'image/png' : 'image/svg+xml'}">
<link rel="stylesheet" href="${frame.assets.css}">
!${page.width === 'wide' ? html`<link rel="stylesheet" href="${frame.assets.mailboxCss}">` : ''}
!${frame.assets.branding === undefined ? '' : html`<link rel="stylesheet" href="${frame.assets.branding}">`}
<script type="module" src="${frame.assets.script}"></script>
</head>
<body class="gp-page gp-page-${page.width}">
<header class="gp-header">
<p class="gp-brand">!${renderBrand(frame)}</p>
!${page.showsAccount === true ? renderAccount(frame) : ''}
</header>
<main class="gp-main">
!${page.main}
</main>
!${renderFooter(frame, page)}
</body>
</html>
`
}

/** The logo speaks the name; without one the mark stands beside it. */
function renderBrand(frame: Frame): string {
  const { logo } = frame
  if (!logo) return html`!${renderIcon(frame, 'mark')}<span>${frame.brandName}</span>`
  const image = html`<img class="gp-logo" src="${logo.light}" alt="${frame.brandName}">`
  return logo.dark === undefined ? image : html`<picture><source srcset="${logo.dark}" media="(prefers-color-scheme: dark)">!${image}</picture>`
}

function renderAccount(frame: Frame): string {
  return html`<div class="gp-account">
!${frame.signedInAs === undefined ? '' : html`<p class="gp-account-name">${frame.signedInAs}</p>`}
<form method="post" action="${frame.basePath}/logout">!${renderHiddenFields(frame)}<button class="gp-button gp-button-secondary" type="submit">${frame.say('settings.sign_out')}</button></form>
</div>`
}

function renderFooter(frame: Frame, page: Page): string {
  const hint =
    page.tellsReturn === true && frame.returnTo !== '/'
      ? html`<p class="gp-hint">!${fillHtml(frame, 'page.return_hint', { returnTo: html`<span class="gp-path">${pathOf(frame.returnTo)}</span>` })}</p>`
      : ''
  const back = page.back ? html`<p><a class="gp-back" href="${page.back.href}">!${renderIcon(frame, 'back')}${page.back.label}</a></p>` : ''
  const [links, language] = [renderLinks(frame), renderLanguageChoice(frame)]
  return hint + back + links + language === '' ? '' : html`<footer class="gp-footer">!${back}!${hint}!${links}!${language}</footer>`
}

function renderLinks(frame: Frame): string {
  const links = LINK_NAMES.flatMap((name) => {
    const href = frame.links?.[name]
    return href === undefined ? [] : [html`<a class="gp-back" href="${href}">${frame.say(`page.${name}`)}</a>`]
  })
  return links.length === 0 ? '' : html`<p>!${links}</p>`
}

/** A query may hold what is nobody's to read over a shoulder: the first admin's secret, a token of the application's. */
function pathOf(returnTo: string): string {
  return returnTo.replace(/[?#].*$/s, '')
}
