import { html } from 'ghtml'
import type { MessageChannel } from '../../../domain/message.ts'
import type { Banner, Frame } from './frame.ts'
import { renderPage } from './layout.ts'
import { renderBanner } from './parts/banner.ts'
import { renderCodeForm } from './parts/code-form.ts'

export interface PhoneAddCodeModel {
  readonly challengeId: string
  readonly maskedDestination: string
  readonly otherChannels: readonly MessageChannel[]
  /** What is wrong with the code that was typed. */
  readonly error?: string
  readonly banner?: Banner
}

/** The code sent to the new number; posts `challenge_id`, `code` and `intent` to `{basePath}/settings/phone/verify`. */
export function renderPhoneAddCode(frame: Frame, model: PhoneAddCodeModel): string {
  const title = frame.say('phone_add.title')
  return renderPage(frame, {
    title,
    width: 'card',
    hasError: model.error !== undefined || model.banner?.tone === 'error',
    back: { href: `${frame.basePath}/settings`, label: frame.say('email_change.back') },
    main: html`<div class="gp-card">
<h1>${title}</h1>
!${renderBanner(frame, model.banner)}
!${renderCodeForm(frame, {
      action: `${frame.basePath}/settings/phone/verify`,
      hidden: { challenge_id: model.challengeId },
      maskedDestination: model.maskedDestination,
      otherChannels: model.otherChannels,
      error: model.error,
      isSpent: false,
    })}
</div>`,
  })
}
