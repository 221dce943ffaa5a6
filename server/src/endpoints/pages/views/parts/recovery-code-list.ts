import { html } from 'ghtml'
import type { Frame } from '../frame.ts'

/** The codes, to print or to copy, and a link that keeps them as a file. */
export function renderRecoveryCodeList(frame: Frame, codes: readonly string[]): string {
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`${frame.brandName}\r\n\r\n${codes.join('\r\n')}\r\n`)}`
  return html`<p>${frame.say('recovery_codes.explanation')}</p>
<ul class="gp-codes gp-path">!${codes.map((code) => html`<li>${code}</li>`)}</ul>
<p><a href="${file}" download="recovery-codes.txt">${frame.say('recovery_codes.download')}</a></p>`
}
