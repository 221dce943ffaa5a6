import { html } from './html.ts'
import { renderLayout, type Page } from './layout.ts'

/** A page that says one thing: not found, not allowed, did not work. */
export function renderMessage(page: Page, { title, text }: { readonly title: string; readonly text: string }): string {
  return renderLayout(
    page,
    title,
    html`<h1>${title}</h1>
<p class="lead">${text}</p>
<p class="actions"><a class="button quiet" href="/">Back to the start</a></p>`,
  )
}

export function renderAdmin(page: Page & { readonly counts: readonly { readonly userId: string; readonly notes: number }[] }): string {
  const rows = page.counts.map(({ userId, notes }) => html`<tr><td><code>${userId}</code></td><td>${notes}</td></tr>`)
  return renderLayout(
    page,
    'Admin',
    html`<h1>Admin</h1>
<p class="lead">Only people with the role admin see this page.</p>
<div class="card scroll"><table>
<caption>Notes per user</caption>
<thead><tr><th scope="col">User id</th><th scope="col">Notes</th></tr></thead>
<tbody>${rows.length === 0 ? html`<tr><td colspan="2">Nobody has written anything yet.</td></tr>` : rows}</tbody>
</table></div>
<p class="actions"><a class="button quiet" href="/notes">Back to your notes</a></p>`,
  )
}
