import type { Identity } from '@gatepost/node'
import { NOTE_MAX_LENGTH, type Note } from '../notes.ts'
import { html, type Html } from './html.ts'
import { renderLayout, type Page } from './layout.ts'

/** What stands in the field: typed before signing in again, or not accepted. */
export interface NoteInput {
  readonly text?: string
  readonly problem?: string
}

export interface NotesView extends Page {
  readonly identity: Identity
  readonly notes: readonly Note[]
  readonly input: NoteInput
}

export function renderNotes(view: NotesView): string {
  return renderLayout(
    view,
    'Your notes',
    html`<h1>Your notes</h1>
<div class="columns">
<section id="notes" aria-label="Notes">${renderPanel(view)}</section>
${renderIdentity(view)}
</div>`,
  )
}

/** What htmx puts in the place of the old panel; the button that had the focus goes with it, so the focus moves to the field. */
export function renderNotesPanel(view: NotesView): string {
  return renderPanel(view, html` autofocus`).markup
}

function renderPanel({ notes, input }: NotesView, autofocus?: Html): Html {
  const problem = input.problem === undefined ? undefined : html`<p class="problem" id="problem" role="alert">${input.problem}</p>`
  const described = problem && html` aria-invalid="true" aria-describedby="problem"`
  return html`<form class="add" method="post" action="/notes" novalidate hx-post="/notes" hx-target="#notes">
  <label for="text">New note</label>
  <div class="line">
    <input id="text" name="text" maxlength="${NOTE_MAX_LENGTH}" autocomplete="off" value="${input.text}"${described}${autofocus}>
    <button>Add</button>
  </div>
  ${problem}
</form>
${notes.length === 0 ? html`<p class="empty">Nothing here yet.</p>` : html`<ul class="notes">${notes.map(renderNote)}</ul>`}`
}

function renderNote({ id, text }: Note): Html {
  return html`<li>
  <p>${text}</p>
  <form method="post" action="/notes/${id}/delete" hx-post="/notes/${id}/delete" hx-target="#notes">
    <button class="quiet" aria-label="Delete the note: ${text}">Delete</button>
  </form>
</li>
`
}

/** All of it is read from the access token. */
function renderIdentity({ identity, basePath }: NotesView): Html {
  return html`<aside class="card" aria-labelledby="who">
<h2 id="who">Signed in</h2>
<dl>
  <dt>User id</dt><dd><code id="user-id">${identity.userId}</code></dd>
  <dt>Roles</dt><dd>${identity.roles.length === 0 ? 'none' : identity.roles.join(', ')}</dd>
  <dt>Email address</dt><dd>${identity.emailVerified ? 'verified' : 'none that is verified'}</dd>
  <dt>Signed in since</dt><dd>${new Date(identity.authenticatedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC</dd>
</dl>
<p><a href="${basePath}/settings">Change password, email, sessions</a></p>
<p><a href="/admin">The admin page</a></p>
</aside>`
}
