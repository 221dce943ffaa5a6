import { html } from 'ghtml'
import { startAddress } from '../addresses.ts'
import type { Frame, ScreenForm } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderPasskeyEntry } from '../parts/passkey-form.ts'
import { renderPasswordField } from '../parts/password-field.ts'
import { failureAt, renderCard, renderFlowForm, renderWho, type ScreenOf } from './screen-parts.ts'

/** Proof of a person already named: the second page of a sign-in, or who is signed in proves it again. */
export function renderAuthenticate(frame: Frame, screen: ScreenOf<'authenticate'>, form: ScreenForm): string {
  const isReauth = screen.flow === 'reauth'
  const offersPassword = screen.authentications.includes('primary_password')
  const password = offersPassword
    ? renderPasswordField(frame, {
        name: 'password',
        label: frame.say('field.password'),
        error: failureAt(frame, screen.failure, 'invalid_credentials'),
        autofocus: true,
      }) + renderButton({ text: frame.say(isReauth ? 'reauth.submit' : 'login.submit'), look: 'primary', intent: 'password' })
    : ''
  const code = screen.authentications.includes('primary_oob_otp_email')
    ? renderButton({
        text: frame.say(offersPassword ? 'reauth.email_code_instead' : 'login.email_code'),
        look: offersPassword ? 'secondary' : 'primary',
        intent: 'code',
        skipsValidation: true,
      })
    : ''
  const message = screen.authentications.includes('primary_oob_otp_sms')
    ? renderButton({ text: frame.say(offersPassword ? 'reauth.phone_code_instead' : 'login.phone_code'), look: code === '' && !offersPassword ? 'primary' : 'secondary', intent: 'code_to_phone', skipsValidation: true })
    : ''
  const passkey = renderPasskeyEntry(frame, form, frame.say(isReauth ? 'reauth.passkey' : 'login.passkey'))
  const explanation = isReauth ? html`<p>${frame.say('reauth.explanation')}</p>` : ''
  return renderCard(frame, {
    title: frame.say(isReauth ? 'reauth.title' : 'login.title'),
    body: explanation + renderFlowForm(frame, form, renderWho(frame, screen.displayIdentifier) + password + code + message) + passkey,
    form,
    failure: screen.failure,
    shownAtField: offersPassword ? ['invalid_credentials'] : [],
    back: { href: startAddress(frame, screen.flow), label: frame.say(isReauth ? 'reauth.back' : 'login.back') },
  })
}
