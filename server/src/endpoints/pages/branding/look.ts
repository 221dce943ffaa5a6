import type { FastifyRequest } from 'fastify'
import type { Branding } from '../../../domain/branding/index.ts'
import type { Wording } from '../../../languages/index.ts'
import { overrideWording } from '../../../languages/index.ts'
import type { Settings } from '../../../services/settings/index.ts'
import { wordingOf } from '../wording-of.ts'

/** How a page looks and speaks. */
export interface Look {
  readonly branding: Branding
  readonly wording: Wording
}

/** The tenant's look in the browser's language. A page about a fault does not ask the database, which may be the fault. */
export async function lookOf(request: FastifyRequest, { settings }: { readonly settings: Settings }, status = 200): Promise<Look> {
  const branding = status >= 500 ? settings.lastBranding() : await settings.branding()
  return { branding, wording: overrideWording(await wordingOf(request), branding) }
}
