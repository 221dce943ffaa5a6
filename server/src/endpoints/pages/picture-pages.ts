import type { FastifyInstance } from 'fastify'
import { refuse } from '../../http/error-codes.ts'
import { PICTURE_MAX_BYTES } from '../../services/pictures/index.ts'
import { actorOf } from '../../services/sessions/index.ts'
import type { PageRoute } from './mount-page.ts'
import { saved, showSettings } from './settings.ts'
import type { PageDeps } from './visit.ts'

/** An address is given away with the picture behind it: another picture has another one. */
const PICTURE_MAX_AGE_SECONDS = 31_536_000

export const PICTURE_PAGES: readonly PageRoute[] = [
  {
    method: 'POST',
    path: '/settings/picture',
    access: 'user',
    takesFileOfBytes: PICTURE_MAX_BYTES,
    async handle(visit, deps) {
      const put = visit.file ? await deps.pictures.put(actorOf(visit), visit.file) : undefined
      if (put?.ok) return saved(deps, 'picture_saved')
      return showSettings(visit, deps, { banner: { tone: 'error', text: visit.frame.say(put ? `problem.picture_${put.failure}` : 'problem.picture_not_an_image') } })
    },
  },
  {
    method: 'POST',
    path: '/settings/picture/remove',
    access: 'user',
    handle: async (visit, deps) => ((await deps.pictures.remove(actorOf(visit))) ? saved(deps, 'picture_removed') : { kind: 'refused', refusal: refuse('not_found') }),
  },
]

/** Pictures are for any page of any application to show, and are documents that may do nothing. */
export function mountPictures(listener: FastifyInstance, deps: Pick<PageDeps, 'basePath' | 'pictures'>): void {
  listener.get<{ Params: { id: string } }>(`${deps.basePath}/pictures/:id`, async (request, reply) => {
    const picture = await deps.pictures.find(request.params.id)
    if (!picture) return reply.callNotFound()
    reply.headers({
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': `public, max-age=${PICTURE_MAX_AGE_SECONDS}, immutable`,
      'content-disposition': `inline; filename="picture.${picture.mediaType.slice('image/'.length)}"`,
    })
    return reply.type(picture.mediaType).send(picture.content)
  })
}
