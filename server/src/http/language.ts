import type { FastifyRequest } from 'fastify'
import type { Language } from '../languages/index.ts'
import { chooseLanguage } from '../languages/index.ts'

/**
 * The language a caller asks for: by `ui_locales` in the address (OpenID Connect Core section 3.1.2.1), by what this browser
 * chose before (`remembered`), else by its `Accept-Language`.
 */
export function languageOf(request: FastifyRequest, remembered?: string): Language {
  const asked = new URLSearchParams(request.url.split('?')[1] ?? '').get('ui_locales') ?? ''
  return chooseLanguage([...asked.split(' '), remembered ?? ''], request.headers['accept-language'])
}
