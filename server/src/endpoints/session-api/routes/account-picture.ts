import { z } from 'zod'
import { refuse } from '../../../http/error-codes.ts'
import { actorOf } from '../../../services/sessions/index.ts'
import { refuseField } from '../flow-answers.ts'
import { route } from '../route.ts'

const MESSAGES = {
  not_an_image: 'Send a PNG, JPEG or WebP image as the body, with its type as Content-Type.',
  animated: 'The image must not move.',
  too_many_pixels: 'No side of the image may be longer than 4096 pixels.',
}

export const putPicture = route({
  method: 'PUT',
  path: '/account/picture',
  operationId: 'putPicture',
  summary: 'Takes a PNG, JPEG or WebP image of up to 1 MiB as the picture of the person, without what is noted in it beside the pixels.',
  access: 'user',
  needsCsrf: true,
  takesImage: true,
  success: { status: 200, body: z.object({ picture_url: z.string() }) },
  errors: [],
  async handle(call) {
    const put = call.image ? await call.deps.pictures.put(actorOf(call), call.image) : undefined
    if (put?.ok) return { status: 200, body: { picture_url: put.value } }
    const problem = put?.failure ?? 'not_an_image'
    return refuseField('body', problem, MESSAGES[problem])
  },
})

export const deletePicture = route({
  method: 'DELETE',
  path: '/account/picture',
  operationId: 'deletePicture',
  summary: 'Removes the picture; its address answers 404 from then on.',
  access: 'user',
  needsCsrf: true,
  success: { status: 204 },
  errors: ['not_found'],
  handle: async (call) => ((await call.deps.pictures.remove(actorOf(call))) ? { status: 204 } : refuse('not_found')),
})
