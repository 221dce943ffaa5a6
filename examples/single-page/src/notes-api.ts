import { createVerifier } from '@gatepost/node'
import { requireAuth } from '@gatepost/node/node-http'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Settings } from './settings.ts'

interface Note {
  readonly id: string
  readonly text: string
}

const NOTE_MAX_LENGTH = 280
const NOTES_PER_USER = 50
const BODY_MAX_BYTES = 8 * 1024

/** `GET`, `POST /api/notes` and `DELETE /api/notes/:id`: everybody's own notes, in memory, gone when the process ends. */
export function createNotesApi({ issuer, cookiePrefix, jwksUrl, publicOrigin }: Settings) {
  const notesByUser = new Map<string, readonly Note[]>()
  const guard = requireAuth(createVerifier({ issuer, cookiePrefix, jwksUrl }))

  return async function answerNotes(request: IncomingMessage, response: ServerResponse, noteId: string): Promise<void> {
    if (isCrossSite(request, publicOrigin)) return refuse(response, 403, 'forbidden', 'This change did not come from a page of this application.')
    const identity = await guard(request, response)
    if (!identity) return
    const { userId } = identity
    const notes = notesByUser.get(userId) ?? []

    if (noteId === '' && request.method === 'GET') return answer(response, 200, { notes })
    if (noteId === '' && request.method === 'POST') {
      const text = await readText(request)
      if (text === undefined) return refuse(response, 400, 'invalid_request', `Send {"text": "..."} with 1 to ${NOTE_MAX_LENGTH} characters.`)
      const note = { id: randomUUID(), text }
      notesByUser.set(userId, [note, ...(notesByUser.get(userId) ?? [])].slice(0, NOTES_PER_USER))
      return answer(response, 201, note)
    }
    if (noteId !== '' && request.method === 'DELETE') {
      const kept = notes.filter((note) => note.id !== noteId)
      if (kept.length === notes.length) return refuse(response, 404, 'not_found', 'There is no such note.')
      notesByUser.set(userId, kept)
      return void response.writeHead(204).end()
    }
    response.setHeader('allow', noteId === '' ? 'GET, POST' : 'DELETE')
    return refuse(response, 405, 'method_not_allowed', 'This address does not answer to that method.')
  }
}

/** The API's own CSRF defence: browsers set these headers, no script can. Missing Sec-Fetch-Site (old browsers, plain http) leaves Origin. */
function isCrossSite({ method, headers }: IncomingMessage, publicOrigin: string): boolean {
  if (method === 'GET' || method === 'HEAD') return false
  const site = headers['sec-fetch-site']
  return site === undefined ? headers.origin !== publicOrigin : site !== 'same-origin'
}

async function readText(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > BODY_MAX_BYTES) return undefined
    chunks.push(chunk)
  }
  try {
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { text?: unknown } | null
    const text = typeof body?.text === 'string' ? body.text.trim() : ''
    return text !== '' && text.length <= NOTE_MAX_LENGTH ? text : undefined
  } catch {
    return undefined
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  answer(response, status, { error: { code, message } })
}
