import { html } from 'ghtml'
import { totpUri } from '../../../../protocols/totp.ts'
import type { Frame } from '../frame.ts'
import { renderQrCode } from './qr-code.ts'

const GROUP = /.{1,4}/g

/** A key to be taken into an authenticator app: to scan, to follow as a link on a telephone, or to type. */
export function renderTotpKey(frame: Frame, totp: { readonly key: string; readonly account: string }): string {
  const uri = totpUri(totp.key, { issuer: frame.brandName, account: totp.account })
  const readable = (totp.key.match(GROUP) ?? []).join(' ')
  return html`<p>${frame.say('totp.explanation')}</p>
!${renderQrCode(uri, frame.say('totp.qr_label'))}
<p class="gp-hint">${frame.say('totp.key_hint')}<br><code class="gp-path">${readable}</code></p>
<p><a href="${uri}">${frame.say('totp.open_app')}</a></p>`
}
