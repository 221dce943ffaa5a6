import { html } from 'ghtml'
import { fillHtml, fillText } from '../fill-text.ts'
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
    readonly error: string | undefined
    readonly isSpent: boolean
  },
): string {
  const hidden = renderHiddenFields(frame, code.hidden)
  const sentTo =
    code.maskedDestination === ''
      ? html`<p>${fillText('code.sent_blindly')}</p>`
      : html`<p>!${fillHtml('code.sent_to', { destination: html`<strong>${code.maskedDestination}</strong>` })}</p>`
  if (code.isSpent) {
    const again = renderButton({ text: fillText('code.resend'), look: 'primary', intent: 'resend' })
    return html`<form class="gp-form" method="post" action="${code.action}">!${hidden}!${again}</form>`
  }
  return html`!${sentTo}
<form class="gp-form" method="post" action="${code.action}" data-submits-itself>
!${hidden}
!${renderCodeField(code.error)}
!${renderButton({ text: fillText('code.submit'), look: 'primary', intent: 'submit_code' })}
</form>
<form class="gp-other" method="post" action="${code.action}">
!${hidden}
<p>${fillText('code.resend_question')}</p>
!${renderButton({ text: fillText('code.resend'), look: 'link', intent: 'resend' })}
</form>`
}
