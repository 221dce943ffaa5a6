import { createGatepost, GatepostError, readError } from '@gatepost/browser'

const { basePath, cookiePrefix } = document.documentElement.dataset
const gatepost = createGatepost({ basePath, cookiePrefix })
const byId = (id) => document.getElementById(id)

byId('sign-in').addEventListener('click', () => gatepost.signIn())
byId('sign-up').addEventListener('click', () => gatepost.signUp())
byId('sign-out').addEventListener('click', () => attempt(signOut))
byId('add').addEventListener('submit', (event) => {
  event.preventDefault()
  attempt(addNote)
})
gatepost.onSessionEnded(() => {
  show(null)
  say('You are signed out. Sign in again to go on.')
})
attempt(start)

async function start() {
  const user = await gatepost.currentUser()
  show(user)
  if (user) await loadNotes()
}

async function signOut() {
  await gatepost.signOut()
  show(null)
  say('')
  byId('sign-in').focus()
}

async function loadNotes() {
  const response = await gatepost.fetch('/api/notes')
  if (response.ok) showNotes((await response.json()).notes)
  else await explain(response)
}

async function addNote() {
  const text = byId('text').value.trim()
  showProblem(text === '' ? 'Write something first.' : '')
  if (text === '') return
  const response = await gatepost.fetch('/api/notes', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  })
  if (!response.ok) return explain(response)
  byId('text').value = ''
  await loadNotes()
}

async function deleteNote(id) {
  const response = await gatepost.fetch(`/api/notes/${id}`, { method: 'DELETE' })
  if (!response.ok && response.status !== 404) return explain(response)
  await loadNotes()
  byId('text').focus()
}

/** A 401 here means that the session is over, which onSessionEnded has told already. */
async function explain(response) {
  if (response.status !== 401) say((await readError(response)).message)
}

async function attempt(action) {
  try {
    await action()
  } catch (error) {
    say(error instanceof GatepostError ? error.message : 'That did not work. Check the connection and try again.')
  }
}

function show(user) {
  byId('signed-in').hidden = user === null
  byId('signed-out').hidden = user !== null
  byId('account').hidden = user === null
  byId('email').textContent = user ? describeEmail(user) : ''
  byId('user-id').textContent = user?.id ?? ''
  byId('roles').textContent = user?.roles.join(', ') || 'none'
  if (user === null) showNotes([])
}

/** Who signed up by a telephone number has no address until they add one. */
function describeEmail({ email, emailVerified }) {
  if (email === null) return 'none'
  return `${email} (${emailVerified ? 'verified' : 'not verified'})`
}

function showNotes(notes) {
  byId('empty').hidden = notes.length > 0
  byId('notes').replaceChildren(...notes.map(createNote))
}

function createNote({ id, text }) {
  const item = byId('note').content.cloneNode(true)
  item.querySelector('p').textContent = text
  const button = item.querySelector('button')
  button.setAttribute('aria-label', `Delete the note: ${text}`)
  button.addEventListener('click', () => attempt(() => deleteNote(id)))
  return item
}

function showProblem(text) {
  const [problem, input] = [byId('problem'), byId('text')]
  problem.textContent = text
  problem.hidden = text === ''
  if (text === '') input.removeAttribute('aria-invalid')
  else input.setAttribute('aria-invalid', 'true')
}

function say(text) {
  byId('banner').textContent = text
  byId('banner').hidden = text === ''
}
