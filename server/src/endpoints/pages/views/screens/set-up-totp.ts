import { html } from 'ghtml'
import { startAddress } from '../addresses.ts'
import type { Frame, ScreenForm } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderCodeField } from '../parts/code-field.ts'
import { renderTotpKey } from '../parts/totp-key.ts'
import { failureAt, renderCard, renderFlowForm, type ScreenOf } from './screen-parts.ts'

/** A second factor that has to be set up before anybody is signed in. */
export function renderSetUpTotp(frame: Frame, screen: ScreenOf<'set_up_totp'>, form: ScreenForm): string {
  const field = renderCodeField(frame, failureAt(frame, screen.failure, 'wrong_code'), 'totp')
  const button = renderButton({ text: frame.say('totp.confirm'), look: 'primary', intent: 'totp' })
  return renderCard(frame, {
    title: frame.say('totp.title'),
    body: html`<p>${frame.say('second_factor.required')}</p>!${renderTotpKey(frame, { key: screen.key, account: screen.displayIdentifier })}!${renderFlowForm(frame, form, field + button)}`,
    form,
    failure: screen.failure,
    shownAtField: ['wrong_code'],
    back: { href: startAddress(frame, screen.flow), label: frame.say(screen.flow === 'reauth' ? 'reauth.back' : 'login.back') },
  })
}
