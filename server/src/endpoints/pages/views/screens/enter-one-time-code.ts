import { html } from 'ghtml'
import type { FlowType } from '../../../../flow/state.ts'
import { startAddress } from '../addresses.ts'
import type { Frame, ScreenForm } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderHiddenFields } from '../parts/hidden-fields.ts'
import { renderTrust } from '../parts/trust-device.ts'
import { renderCodeForm } from '../parts/code-form.ts'
import { renderAwaitLink, renderLinkCheck } from './await-link.ts'
import type { TextId } from '../../../../languages/index.ts'
import { failureAt, renderCard, renderFlowForm, type ScreenOf } from './screen-parts.ts'

const BACK: Readonly<Record<FlowType, TextId>> = {
  login: 'login.back',
  signup_login: 'login.back',
  signup: 'signup.back',
  promote: 'signup.back',
  account_recovery: 'recovery.back',
  reauth: 'reauth.back',
}

/** Away from the code, to the other second factors. */
function renderOtherWay(frame: Frame, screen: ScreenOf<'enter_one_time_code'>, form: ScreenForm): string {
  const [factor] = screen.alternatives
  if (factor === undefined) return ''
  const hidden = renderHiddenFields(frame, { state: form.state, factor })
  const button = renderButton({ text: frame.say('second_factor.other_way'), look: 'link', intent: 'other_factor' })
  return html`<form class="gp-other" method="post" action="${form.action}">!${hidden}!${button}</form>`
}

/** On without the code, where it may be given later. */
function renderPutOff(frame: Frame, screen: ScreenOf<'enter_one_time_code'>, form: ScreenForm): string {
  if (!screen.isOptional) return ''
  const button = renderButton({ text: frame.say('code.later'), look: 'secondary', intent: 'skip' })
  return renderFlowForm(frame, form, button)
}

/** The code that was sent by email, or the link, or both. */
export function renderEnterOneTimeCode(frame: Frame, screen: ScreenOf<'enter_one_time_code'>, form: ScreenForm): string {
  const back = { href: startAddress(frame, screen.flow), label: frame.say((screen.flow === 'signup' || screen.flow === 'promote') && screen.channel !== 'email' ? 'signup.back_phone' : BACK[screen.flow]) }
  if (screen.form === 'link') return renderAwaitLink(frame, screen, form, { back, otherWay: renderOtherWay(frame, screen, form) })
  const isSpent = screen.failure?.code === 'code_exhausted'
  const check = screen.form === 'both' && !isSpent ? renderLinkCheck(frame, form, { hint: frame.say('link.beside_code'), look: 'secondary', trustDays: 0 }) : ''
  return renderCard(frame, {
    title: frame.say('code.title'),
    body: renderCodeForm(frame, {
      action: form.action,
      hidden: { state: form.state },
      maskedDestination: screen.maskedDestination,
      isToPhone: screen.channel !== 'email',
      otherChannels: screen.otherChannels,
      error: failureAt(frame, screen.failure, 'wrong_code'),
      fields: renderTrust(frame, screen.trustDays),
      isSpent,
    }) + check + renderOtherWay(frame, screen, form) + renderPutOff(frame, screen, form),
    form,
    failure: screen.failure,
    shownAtField: ['wrong_code'],
    back,
  })
}
