import type { FastifyInstance } from 'fastify'
import { refuse } from '../../../http/error-codes.ts'
import type { PageRoute } from '../mount-page.ts'
import type { Frame } from '../views/index.ts'
import { renderPreview } from '../views/index.ts'
import type { PageDeps } from '../visit.ts'
import { showPage } from '../visit.ts'
import { lookOf } from '../branding/look.ts'

/** Loaded for who looks at it. */
const samplePages = async (frame: Frame) => (await import('./sample-pages.ts')).samplePages(frame)

/** Development only, as the mailbox is: in production these routes do not exist. */
export const PREVIEW_PAGES: readonly PageRoute[] = [
  {
    method: 'GET',
    path: '/_preview',
    access: 'public',
    async handle({ frame, request }, deps) {
      const mails = await deps.sampleMails(await lookOf(request, deps))
      return showPage(renderPreview(frame, { pages: (await samplePages(frame)).map(({ id }) => id), mails: mails.map(({ id }) => id) }))
    },
  },
  {
    method: 'GET',
    path: '/_preview/:id',
    access: 'public',
    async handle({ frame, request }) {
      const { id } = request.params as { id: string }
      const page = (await samplePages(frame)).find((one) => one.id === id)
      return page ? showPage(page.html) : { kind: 'refused', refusal: refuse('not_found') }
    },
  },
]

/** A mail brings its style along, so it is a document of its own, as in the mailbox. */
export function mountSampleMails(listener: FastifyInstance, deps: PageDeps): void {
  listener.get<{ Params: { id: string } }>(`${deps.basePath}/_preview/mails/:id`, async (request, reply) => {
    const found = (await deps.sampleMails(await lookOf(request, deps))).find(({ id }) => id === request.params.id)
    if (!found) return reply.callNotFound()
    reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'; sandbox")
    return reply.type('text/html; charset=utf-8').send(found.html)
  })
}
