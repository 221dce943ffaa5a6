import type { FastifyRequest } from 'fastify'
import { chooseLanguage, loadWording } from '../../languages/index.ts'
import type { Wording } from '../../languages/index.ts'

/** The wording a browser asks for: by `ui_locales` in the address (OpenID Connect Core section 3.1.2.1), else by its header. */
export function wordingOf(request: FastifyRequest): Promise<Wording> {
  const uiLocales = new URLSearchParams(request.url.split('?')[1] ?? '').get('ui_locales') ?? ''
  return loadWording(chooseLanguage(uiLocales.split(' '), request.headers['accept-language']))
}
