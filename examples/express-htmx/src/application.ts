import { createVerifier } from '@gatepost/node'
import { findIdentity, getIdentity, optionalAuth, requireAuth } from '@gatepost/node/express'
import express from 'express'
import { fileURLToPath } from 'node:url'
import { createNotes, NOTE_MAX_LENGTH } from './notes.ts'
import { renderAdmin, renderMessage } from './pages/message.ts'
import { renderNotes, renderNotesPanel, type NoteInput } from './pages/notes.ts'
import { renderStart } from './pages/start.ts'
import { readCookie } from './read-cookie.ts'
import { refuseCrossSite } from './refuse-cross-site.ts'
import { requireAuthForChange } from './require-auth-for-change.ts'
import type { Settings } from './settings.ts'

const PUBLIC_FILES = fileURLToPath(new URL('../public', import.meta.url))
const HTMX = fileURLToPath(import.meta.resolve('htmx.org/dist/htmx.min.js'))

/** A small application that leaves accounts, sign-in and sessions to Gatepost and keeps notes. */
export function createApplication(settings: Settings): express.Express {
  const app = express()
  const notes = createNotes()
  app.disable('x-powered-by')
  app.use(sendSecurityHeaders)
  app.use('/assets', express.static(PUBLIC_FILES))
  app.get('/assets/htmx.js', (_request, response) => response.sendFile(HTMX))
  app.use(refuseCrossSite(settings.publicOrigin))
  app.use(express.urlencoded({ extended: false, limit: '8kb' }))

  // Protect a route in five lines: who asks is in the token, no request to Gatepost is made for it.
  const { issuer, cookiePrefix, jwksUrl } = settings
  const verifier = createVerifier({ issuer, cookiePrefix, jwksUrl })
  app.get('/notes', requireAuth(verifier), (request, response) => {
    const identity = getIdentity(request)
    const text = typeof request.query['text'] === 'string' ? request.query['text'] : ''
    response.send(renderNotes({ ...pageOf(request), identity, notes: notes.list(identity.userId), input: { text } }))
  })

  app.post('/notes', ...requireAuthForChange(verifier), (request, response) => {
    const { userId } = getIdentity(request)
    const text = typeof request.body?.text === 'string' ? request.body.text.trim() : ''
    const problem = findProblem(text)
    if (problem === undefined) notes.add(userId, text)
    answerChange(request, response, problem === undefined ? {} : { text, problem })
  })

  app.post('/notes/:id/delete', ...requireAuthForChange(verifier), (request, response) => {
    notes.remove(getIdentity(request).userId, String(request.params['id']))
    answerChange(request, response, {})
  })

  app.get('/admin', requireAuth(verifier), (request, response) => {
    const identity = getIdentity(request)
    if (identity.roles.includes('admin')) return response.send(renderAdmin({ ...pageOf(request), identity, counts: notes.count() }))
    const message = { title: 'Not for you', text: 'This page is for people with the role admin.' }
    return response.status(403).send(renderMessage({ ...pageOf(request), identity }, message))
  })

  app.get('/', optionalAuth(verifier), (request, response) => {
    response.send(renderStart({ ...pageOf(request), identity: findIdentity(request) }))
  })

  app.use(optionalAuth(verifier), (request, response) => {
    const message = { title: 'There is nothing here', text: 'The address may be mistyped, or the page is gone.' }
    response.status(404).send(renderMessage({ ...pageOf(request), identity: findIdentity(request) }, message))
  })

  app.use(((error, request, response, _next) => {
    const status = Number.isInteger(error?.status) ? error.status : 500
    if (status >= 500) console.error(error)
    const message = { title: 'That did not work', text: status < 500 ? 'The request was malformed.' : 'Something went wrong here. Try again.' }
    response.status(status).send(renderMessage({ ...pageOf(request), identity: undefined }, message))
  }) satisfies express.ErrorRequestHandler)

  function pageOf(request: express.Request) {
    // Signing out is a POST to Gatepost, which wants its CSRF token back. Its cookie is readable on the same origin, on purpose: a page
    // of another origin can make the browser send it, but not read it, and so cannot put it into a form field.
    const prefix = settings.publicOrigin.startsWith('https:') ? '__Host-' : ''
    const csrfToken = readCookie(request.headers.cookie, `${prefix}${cookiePrefix}_csrf`)
    return { basePath: settings.basePath, csrfToken }
  }

  /** htmx swaps the panel it is given; a plain form is sent back to the page, unless there is something to correct. */
  function answerChange(request: express.Request, response: express.Response, input: NoteInput) {
    const identity = getIdentity(request)
    const view = { ...pageOf(request), identity, notes: notes.list(identity.userId), input }
    const isHtmx = request.headers['hx-request'] === 'true'
    if (!isHtmx && input.problem === undefined) return response.redirect(303, '/notes')
    return response.status(input.problem === undefined ? 200 : 422).send(isHtmx ? renderNotesPanel(view) : renderNotes(view))
  }

  return app
}

function findProblem(text: string): string | undefined {
  if (text === '') return 'Write something first.'
  return text.length > NOTE_MAX_LENGTH ? `A note has room for ${NOTE_MAX_LENGTH} characters.` : undefined
}

const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

function sendSecurityHeaders(_request: express.Request, response: express.Response, next: express.NextFunction): void {
  response.set({
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    // Pages say who is signed in: after signing out, the back button must not bring them back.
    'cache-control': 'no-store',
  })
  next()
}
