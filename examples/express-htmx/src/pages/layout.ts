import type { Identity } from '@gatepost/node'
import { html, type Html } from './html.ts'

export interface Page {
  readonly basePath: string
  readonly csrfToken: string | undefined
  readonly identity: Identity | undefined
}

/** Both would set styles from a script, which the Content-Security-Policy forbids. */
const HTMX_CONFIG = JSON.stringify({ includeIndicatorCSS: false, defaultSettleDelay: 0 })

export function renderLayout(page: Page, title: string, content: Html): string {
  return `<!doctype html>\n${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="htmx-config" content="${HTMX_CONFIG}">
<title>${title}</title>
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/application.css">
<script src="/assets/htmx.js" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header class="bar">
  <a class="brand" href="/"><img src="/assets/favicon.svg" alt="" width="28" height="28"> Notes</a>
  <nav aria-label="Account">${renderAccount(page)}</nav>
</header>
<main id="content" tabindex="-1">
${content}
</main>
<footer>The demo application behind Gatepost</footer>
</body>
</html>
`}`
}

function renderAccount(page: Page): Html {
  if (!page.identity) return html`<a class="button quiet" href="${page.basePath}/login?return_to=/notes">Sign in</a>`
  return html`<a class="button quiet" href="${page.basePath}/settings">Settings</a>${renderSignOut(page)}`
}

/** Without the token the form could only fail; Gatepost's own page asks for confirmation then. */
function renderSignOut({ basePath, csrfToken }: Page): Html {
  if (csrfToken === undefined) return html`<a class="button quiet" href="${basePath}/logout">Sign out</a>`
  return html`<form method="post" action="${basePath}/logout">
  <input type="hidden" name="csrf_token" value="${csrfToken}">
  <input type="hidden" name="return_to" value="/">
  <button class="quiet">Sign out</button>
</form>`
}
