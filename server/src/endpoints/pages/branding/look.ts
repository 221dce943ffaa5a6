import type { FastifyRequest } from 'fastify'
import type { Branding } from '../../../domain/branding/index.ts'
import type { CookieJar } from '../../../http/cookies.ts'
import { languageOf } from '../../../http/language.ts'
import type { Wording } from '../../../languages/index.ts'
import { loadWording, overrideWording } from '../../../languages/index.ts'
import type { Settings } from '../../../services/settings/index.ts'

/** How a page looks and speaks. */
export interface Look {
  readonly branding: Branding
  readonly wording: Wording
}

/** A form's own choice of a language: what the foot of a page that answers one sends. */
function chosenIn(body: unknown): string | undefined {
  const fields = body as Readonly<Record<string, unknown>> | null | undefined
  return typeof fields?.['ui_locales'] === 'string' ? fields['ui_locales'] : undefined
}

/** The tenant's look in the browser's language. A page about a fault does not ask the database, which may be the fault. */
export async function lookOf(request: FastifyRequest, { settings, jar }: { readonly settings: Settings; readonly jar: CookieJar }, status = 200): Promise<Look> {
  const branding = status >= 500 ? settings.lastBranding() : await settings.branding()
  const wording = await loadWording(languageOf(request, chosenIn(request.body) ?? jar.read(request.headers.cookie, jar.languageName)))
  return { branding, wording: overrideWording(wording, branding) }
}
