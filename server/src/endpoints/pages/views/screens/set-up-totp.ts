import { html } from 'ghtml'
import { startAddress } from '../addresses.ts'
import { fillText } from '../fill-text.ts'
import type { Frame, ScreenForm } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderCodeField } from '../parts/code-field.ts'
import { renderTotpKey } from '../parts/totp-key.ts'
import { failureAt, renderCard, renderFlowForm, type ScreenOf } from './screen-parts.ts'

/** A second factor that has to be set up before anybody is signed in. */
export function renderSetUpTotp(frame: Frame, screen: ScreenOf<'set_up_totp'>, form: ScreenForm): string {
  const field = renderCodeField(failureAt(screen.failure, 'wrong_code'), 'totp')
  const button = renderButton({ text: fillText('totp.confirm'), look: 'primary', intent: 'totp' })
  return renderCard(frame, {
    title: fillText('totp.title'),
    body: html`<p>${fillText('second_factor.required')}</p>!${renderTotpKey(frame, { key: screen.key, account: screen.displayIdentifier })}!${renderFlowForm(frame, form, field + button)}`,
    form,
    failure: screen.failure,
    shownAtField: ['wrong_code'],
    back: { href: startAddress(frame, screen.flow), label: fillText(screen.flow === 'reauth' ? 'reauth.back' : 'login.back') },
  })
}
