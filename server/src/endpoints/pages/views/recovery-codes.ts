import { html } from 'ghtml'
import type { Frame } from './frame.ts'
import { shownOnce } from './frame.ts'
import { renderPage } from './layout.ts'
import { renderRecoveryCodeList } from './parts/recovery-code-list.ts'

export interface RecoveryCodesModel {
  readonly codes: readonly string[]
  /** Local address of the button that goes on. */
  readonly continueTo: string
  /** Made anew in the settings, in the place of earlier ones. */
  readonly replacesEarlier?: true
}

/** New recovery codes, shown this once. */
export function renderRecoveryCodes(frame: Frame, model: RecoveryCodesModel): string {
  const title = frame.say('recovery_codes.title')
  return renderPage(shownOnce(frame), {
    title,
    width: 'card',
    hasError: false,
    back: { href: model.continueTo, label: frame.say(model.continueTo === `${frame.basePath}/settings` ? 'reauth.back' : 'page.back') },
    main: html`<div class="gp-card">
<h1>${title}</h1>
!${model.replacesEarlier === true ? html`<p>${frame.say('mail.recovery_codes_made.lead', { brand: frame.brandName })}</p>` : ''}
!${renderRecoveryCodeList(frame, model.codes)}
<p><a class="gp-button gp-button-primary" href="${model.continueTo}">${frame.say('recovery_codes.continue')}</a></p>
</div>`,
  })
}
