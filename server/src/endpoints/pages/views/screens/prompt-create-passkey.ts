import { html } from 'ghtml'
import { startAddress } from '../addresses.ts'
import type { Frame, ScreenForm } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderPasskeyForm } from '../parts/passkey-form.ts'
import { renderCard, renderFlowForm, type ScreenOf } from './screen-parts.ts'

/** The offer to create a passkey before going on. Without scripts there is only the way on. */
export function renderPromptCreatePasskey(frame: Frame, screen: ScreenOf<'prompt_create_passkey'>, form: ScreenForm): string {
  const create = renderPasskeyForm(frame, {
    ceremony: 'create',
    action: form.action,
    options: '/passkey-prompt/options',
    isOfFlow: true,
    hidden: { state: form.state, intent: 'create_passkey' },
    button: { text: frame.say('prompt_passkey.create'), look: 'primary' },
  })
  const skip = renderFlowForm(frame, form, renderButton({ text: frame.say('prompt_passkey.skip'), look: 'secondary', intent: 'skip' }))
  return renderCard(frame, {
    title: frame.say('prompt_passkey.title'),
    body: html`<p>${frame.say('prompt_passkey.explanation')}</p>!${create}!${skip}`,
    form,
    failure: screen.failure,
    shownAtField: [],
    back: { href: startAddress(frame, screen.flow), label: frame.say(screen.flow === 'signup' || screen.flow === 'promote' ? 'signup.back' : 'login.back') },
  })
}
