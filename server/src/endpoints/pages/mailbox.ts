import type { FastifyInstance } from 'fastify'
import type { OutboxId } from '../../domain/ids.ts'
import { isUuid } from '../../domain/ids.ts'
import { refuse } from '../../http/error-codes.ts'
import type { OutboxEntry } from '../../services/outbox/index.ts'
import type { PageRoute } from './mount-page.ts'
import type { Page, PageDeps, Visit } from './visit.ts'
import { renderMailbox } from './views/index.ts'

const MAX_SHOWN = 50

/** Development only; in production these routes do not exist. */
export const MAILBOX_PAGES: readonly PageRoute[] = [
  { method: 'GET', path: '/dev/mailbox', access: 'public', handle: (visit, deps) => showMailbox(visit, deps, undefined) },
  { method: 'GET', path: '/dev/mailbox/:id', access: 'public', handle: (visit, deps) => showMailbox(visit, deps, idIn(visit)) },
]

function idIn(visit: Visit): OutboxId | undefined {
  const { id } = visit.request.params as { id: string }
  return isUuid(id) ? (id as OutboxId) : undefined
}

async function showMailbox(visit: Visit, deps: PageDeps, id: OutboxId | undefined): Promise<Page> {
  const entries = await deps.outbox.list(deps.tenantId, { limit: MAX_SHOWN })
  const opened = id === undefined ? undefined : await deps.outbox.find(id)
  if (id !== undefined && !(opened && readable(opened, visit))) return { kind: 'refused', refusal: refuse('not_found') }
  const messages = entries.flatMap((entry) => {
    const { to, subject } = readable(entry, visit) ?? {}
    if (to === undefined || subject === undefined) return []
    return [{ id: entry.id, to, subject, sentAt: entry.createdAt, state: entry.state, attempts: entry.attempts, lastError: entry.lastError }]
  })
  const content = opened && readable(opened, visit)
  const selected = opened && content && { id: opened.id, from: opened.mail ? deps.mailFrom : visit.frame.brandName, sentAt: opened.createdAt, ...content }
  const html = renderMailbox(visit.frame, { messages, ...(selected ? { selected } : {}) })
  return { kind: 'html', status: 200, html, hasFrame: selected !== undefined }
}

/** A mail, or what went to a telephone: text alone, under the name of its channel. */
function readable({ mail, message }: OutboxEntry, { frame }: Visit): { to: string; subject: string; text: string; html: string } | undefined {
  if (mail) return mail
  return message && { to: message.to, subject: frame.say(`mailbox.channel_${message.channel}`), text: message.text, html: '' }
}

/** The HTML part, in a document of its own that may load nothing and run nothing. */
export function mountMailHtml(listener: FastifyInstance, deps: PageDeps): void {
  listener.get<{ Params: { id: string } }>(`${deps.basePath}/dev/mailbox/:id/html`, async (request, reply) => {
    const entry = isUuid(request.params.id) ? await deps.outbox.find(request.params.id as OutboxId) : undefined
    if (!entry?.mail) return reply.callNotFound()
    reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox")
    reply.header('x-frame-options', 'SAMEORIGIN')
    return reply.type('text/html; charset=utf-8').send(entry.mail.html)
  })
}
