import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createNotesApi } from './notes-api.ts'
import { loadPublicFiles } from './public-files.ts'
import type { Settings } from './settings.ts'

/** Files for the browser, and the API behind them: `/api/notes`. Signing in and all that follows is Gatepost's. */
export function createApplication(settings: Settings): Server {
  const { files, importMapHash } = loadPublicFiles(settings)
  const answerNotes = createNotesApi(settings)
  const headers = {
    // The hash admits the import map of index.html, the only inline script.
    'content-security-policy': `default-src 'none'; script-src 'self' '${importMapHash}'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-store',
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    if (path === '/api/notes' || path.startsWith('/api/notes/')) return answerNotes(request, response, path.slice('/api/notes/'.length))
    const file = files.get(path)
    if (file === undefined) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing here.\n')
    if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405, { allow: 'GET, HEAD' }).end()
    response.writeHead(200, { 'content-type': file.type }).end(request.method === 'HEAD' ? undefined : file.text)
  }

  return createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    answer(request, response).catch((error: unknown) => {
      console.error(error)
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
}
