import { html } from 'ghtml'
import type { Banner, Frame } from './frame.ts'
import { renderPage } from './layout.ts'
import { renderBanner } from './parts/banner.ts'
import { renderCodeForm } from './parts/code-form.ts'

export interface EmailChangeCodeModel {
  readonly challengeId: string
  readonly maskedDestination: string
  /** What is wrong with the code that was typed. */
  readonly error?: string
  readonly banner?: Banner
}

/** The code sent to the new address; posts `challenge_id`, `code` and `intent` to `{basePath}/settings/email/verify`. */
export function renderEmailChangeCode(frame: Frame, model: EmailChangeCodeModel): string {
  const title = frame.say('email_change.title')
  return renderPage(frame, {
    title,
    width: 'card',
    hasError: model.error !== undefined || model.banner?.tone === 'error',
    back: { href: `${frame.basePath}/settings`, label: frame.say('email_change.back') },
    main: html`<div class="gp-card">
<h1>${title}</h1>
!${renderBanner(frame, model.banner)}
!${renderCodeForm(frame, {
      action: `${frame.basePath}/settings/email/verify`,
      hidden: { challenge_id: model.challengeId },
      maskedDestination: model.maskedDestination,
      error: model.error,
      isSpent: false,
    })}
</div>`,
  })
}
