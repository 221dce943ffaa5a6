import { startAddress } from '../addresses.ts'
import type { Frame, ScreenForm } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderRecoveryCodeList } from '../parts/recovery-code-list.ts'
import { renderCard, renderFlowForm, type ScreenOf } from './screen-parts.ts'

/** New recovery codes, before the sign-in goes on. */
export function renderViewRecoveryCode(frame: Frame, screen: ScreenOf<'view_recovery_code'>, form: ScreenForm): string {
  const button = renderButton({ text: frame.say('recovery_codes.continue'), look: 'primary', intent: 'recovery_codes_kept' })
  return renderCard(frame, {
    title: frame.say('recovery_codes.title'),
    body: `${renderRecoveryCodeList(frame, screen.recoveryCodes)}\n${renderFlowForm(frame, form, button)}`,
    form,
    failure: screen.failure,
    shownAtField: [],
    back: { href: startAddress(frame, screen.flow), label: frame.say('login.back') },
  })
}
