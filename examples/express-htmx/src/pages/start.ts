import { html } from './html.ts'
import { renderLayout, type Page } from './layout.ts'

export function renderStart(page: Page): string {
  const actions = page.identity
    ? html`<a class="button" href="/notes">Open your notes</a>`
    : html`<a class="button" href="${page.basePath}/login?return_to=/notes">Sign in</a>
      <a class="button quiet" href="${page.basePath}/signup?return_to=/notes">Create an account</a>`
  return renderLayout(
    page,
    'Notes',
    html`<section class="hero">
  <h1>Write it down.</h1>
  <p class="lead">A very small notebook. It has no passwords of its own: Gatepost stands next to it and knows who you are.</p>
  <p class="actions">${actions}</p>
</section>
<ul class="facts">
  <li><strong>You sign in at <code>${page.basePath}/login</code></strong> on this same address, and come back to the page you wanted.</li>
  <li><strong>Your notes are yours.</strong> The application reads your user id from a signed token and shows nothing else.</li>
  <li><strong>It forgets.</strong> Notes live in memory and are gone when the demo stops.</li>
</ul>`,
  )
}
