import { html } from 'ghtml'
import type { MessageChannel } from '../../../../domain/message.ts'
import { fillHtml } from '../fill-html.ts'
import type { Frame } from '../frame.ts'
import { renderButton } from './buttons.ts'
import { renderCodeField } from './code-field.ts'
import { renderHiddenFields } from './hidden-fields.ts'

/**
 * Where a code was sent, its field, and a second form that asks for another: a form of its own, so that the empty field
 * is not in its way. `isSpent` leaves only the new code to ask for, since no further try could succeed.
 */
export function renderCodeForm(
  frame: Frame,
  code: {
    readonly action: string
    readonly hidden: Readonly<Record<string, string>>
    /** `''` when even a masked address would tell too much. */
    readonly maskedDestination: string
    /** It went to a telephone, which matters where the destination is not named. */
    readonly isToPhone?: boolean
    /** By what else it could be sent. */
    readonly otherChannels?: readonly ('email' | MessageChannel)[]
    readonly error: string | undefined
    /** HTML between the field and its button. */
    readonly fields?: string
    readonly isSpent: boolean
  },
): string {
  const hidden = renderHiddenFields(frame, code.hidden)
  const sentTo =
    code.maskedDestination === ''
      ? html`<p>${frame.say(code.isToPhone ? 'code.phone_sent_blindly' : 'code.sent_blindly')}</p>`
      : html`<p>!${fillHtml(frame, 'code.sent_to', { destination: html`<strong><bdi>${code.maskedDestination}</bdi></strong>` })}</p>`
  if (code.isSpent) {
    const again = renderButton({ text: frame.say('code.resend'), look: 'primary', intent: 'resend' })
    return html`<form class="gp-form" method="post" action="${code.action}">!${hidden}!${again}</form>`
  }
  return html`!${sentTo}
<form class="gp-form" method="post" action="${code.action}" data-submits-itself>
!${hidden}
!${renderCodeField(frame, code.error)}!${code.fields ?? ''}
!${renderButton({ text: frame.say('code.submit'), look: 'primary', intent: 'submit_code' })}
</form>
<form class="gp-other" method="post" action="${code.action}">
!${hidden}
<p>${frame.say('code.resend_question')}</p>
!${renderButton({ text: frame.say('code.resend'), look: 'link', intent: 'resend' })}
</form>!${(code.otherChannels ?? []).map((channel) => renderOtherChannel(frame, code, channel))}`
}

function renderOtherChannel(frame: Frame, code: { readonly action: string; readonly hidden: Readonly<Record<string, string>> }, channel: 'email' | MessageChannel): string {
  const button = renderButton({ text: frame.say(`code.resend_by_${channel}`), look: 'link', intent: 'resend' })
  return html`<form class="gp-other" method="post" action="${code.action}">!${renderHiddenFields(frame, { ...code.hidden, channel })}!${button}</form>`
}
