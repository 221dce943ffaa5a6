import type { FlowType } from '../../../../flow/state.ts'
import { startAddress } from '../addresses.ts'
import type { Frame, ScreenForm } from '../frame.ts'
import { renderCodeForm } from '../parts/code-form.ts'
import type { TextId } from '../../../../languages/index.ts'
import { failureAt, renderCard, type ScreenOf } from './screen-parts.ts'

const BACK: Readonly<Record<FlowType, TextId>> = {
  login: 'login.back',
  signup: 'signup.back',
  account_recovery: 'recovery.back',
  reauth: 'reauth.back',
}

/** The code that was sent by email. */
export function renderEnterOneTimeCode(frame: Frame, screen: ScreenOf<'enter_one_time_code'>, form: ScreenForm): string {
  return renderCard(frame, {
    title: frame.say('code.title'),
    body: renderCodeForm(frame, {
      action: form.action,
      hidden: { state: form.state },
      maskedDestination: screen.maskedDestination,
      error: failureAt(frame, screen.failure, 'wrong_code'),
      isSpent: screen.failure?.code === 'code_exhausted',
    }),
    form,
    failure: screen.failure,
    shownAtField: ['wrong_code'],
    back: { href: startAddress(frame, screen.flow), label: frame.say(BACK[screen.flow]) },
  })
}
