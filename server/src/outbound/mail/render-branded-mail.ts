import type { Branding } from '../../domain/branding/index.ts'
import type { MailRequest, RenderedMail } from '../../domain/mail.ts'
import type { Wording } from '../../languages/index.ts'
import { overrideWording } from '../../languages/index.ts'
import { mailLookOf } from './mail-look.ts'
import { renderMail } from './render-mail.ts'

/** A mail as a tenant sends it: in its name, its words and its look. */
export function renderBrandedMail(
  request: MailRequest,
  by: { branding: Branding; wording: Wording; publicUrl: string; basePath: string; codeLifetimeMinutes: number },
): RenderedMail {
  const { branding, wording, publicUrl, basePath, codeLifetimeMinutes } = by
  const { support } = branding.links
  const settings = {
    brandName: branding.name,
    publicUrl,
    basePath,
    codeLifetimeMinutes,
    ...(support !== undefined && { supportUrl: support }),
    look: mailLookOf(branding, `${publicUrl}${basePath}`),
  }
  return renderMail(request, settings, overrideWording(wording, branding))
}
