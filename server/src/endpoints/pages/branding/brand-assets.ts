import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Branding, BrandImage } from '../../../domain/branding/index.ts'
import type { PageDeps } from '../visit.ts'
import { styleOf } from './brand-of.ts'

const IMMUTABLE = 'public, max-age=31536000, immutable'
const STYLE_SHEET = /^branding-([\w-]{16})\.css$/
const IMAGE = /^([\w-]{16})\.(png|svg)$/
const TYPES = { png: 'image/png', svg: 'image/svg+xml' } as const
/** A picture that somebody opens by itself is a document: this one runs nothing, loads nothing and has no origin. */
const SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"

/** Style sheet and pictures of the branding in force, by the digest of what they hold. */
export function mountBrandAssets(listener: FastifyInstance, deps: PageDeps): void {
  const { basePath, settings } = deps

  /** Another instance may know a newer branding than this one, and have sent a page with its addresses a moment ago. */
  async function findIn<Found>(find: (branding: Branding) => Found | undefined): Promise<Found | undefined> {
    return find(await settings.branding()) ?? find(await settings.branding({ fresh: true }))
  }

  listener.get<{ Params: { file: string } }>(`${basePath}/assets/:file`, async (request, reply) => {
    const digest = STYLE_SHEET.exec(request.params.file)?.[1]
    if (digest === undefined) return reply.callNotFound()
    const found = await findIn((branding) => (styleOf(branding).digest === digest ? styleOf(branding) : undefined))
    reply.type('text/css; charset=utf-8')
    if (found) return reply.header('cache-control', IMMUTABLE).send(found.css)
    // A page that was sent before a change: better in the new look than in none.
    return reply.send(styleOf(await settings.branding()).css)
  })

  listener.get<{ Params: { file: string } }>(`${basePath}/assets/branding/:file`, async (request, reply) => {
    const [, digest, extension] = IMAGE.exec(request.params.file) ?? []
    if (digest === undefined) return reply.callNotFound()
    const image = await findIn((branding) => imagesOf(branding).find((one) => one.digest === digest && one.extension === extension))
    return image ? sendImage(reply, image) : reply.callNotFound()
  })
}

function imagesOf({ logo, favicon }: Branding): BrandImage[] {
  return [logo.light, logo.dark, favicon].filter((image) => image !== undefined)
}

function sendImage(reply: FastifyReply, { extension, bytes }: BrandImage): FastifyReply {
  if (extension === 'svg') reply.header('content-security-policy', SVG_POLICY)
  // Mails show it too, in pages of other origins.
  reply.header('cross-origin-resource-policy', 'cross-origin')
  return reply.header('cache-control', IMMUTABLE).type(TYPES[extension]).send(Buffer.from(bytes))
}
