import { html } from 'ghtml'
import type { Frame } from './frame.ts'
import { renderPage } from './layout.ts'

export interface RecoveryCodesModel {
  readonly codes: readonly string[]
  /** Local address of the button that goes on. */
  readonly continueTo: string
}

/** New recovery codes, shown this once: to print, to copy or to keep as a file. */
export function renderRecoveryCodes(frame: Frame, model: RecoveryCodesModel): string {
  const title = frame.say('recovery_codes.title')
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`${frame.brandName}\r\n\r\n${model.codes.join('\r\n')}\r\n`)}`
  return renderPage(frame, {
    title,
    width: 'card',
    hasError: false,
    back: { href: model.continueTo, label: frame.say('page.back') },
    main: html`<div class="gp-card">
<h1>${title}</h1>
<p>${frame.say('recovery_codes.explanation')}</p>
<ul class="gp-codes gp-path">!${model.codes.map((code) => html`<li>${code}</li>`)}</ul>
<p><a href="${file}" download="recovery-codes.txt">${frame.say('recovery_codes.download')}</a></p>
<p><a class="gp-button gp-button-primary" href="${model.continueTo}">${frame.say('recovery_codes.continue')}</a></p>
</div>`,
  })
}
