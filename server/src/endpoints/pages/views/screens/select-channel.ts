import { html } from 'ghtml'
import { startAddress } from '../addresses.ts'
import { fillHtml } from '../fill-html.ts'
import type { Frame, ScreenForm } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderHiddenFields } from '../parts/hidden-fields.ts'
import { renderCard, type ScreenOf } from './screen-parts.ts'

/** One form for each channel that a code can go by. */
export function renderSelectChannel(frame: Frame, screen: ScreenOf<'select_channel'>, form: ScreenForm): string {
  const forms = screen.channels.map((channel, index) => {
    const button = renderButton({ text: frame.say(`code.resend_by_${channel}`), look: index === 0 ? 'primary' : 'secondary', intent: 'channel' })
    return html`<form class="gp-form" method="post" action="${form.action}">!${renderHiddenFields(frame, { state: form.state, channel })}!${button}</form>`
  })
  const to = screen.maskedDestination === '' ? '' : html`<p>!${fillHtml(frame, 'destination.phone', { destination: html`<strong><bdi>${screen.maskedDestination}</bdi></strong>` })}</p>`
  return renderCard(frame, {
    title: frame.say('destination.title'),
    body: to + forms.join(''),
    form,
    failure: screen.failure,
    shownAtField: [],
    back: { href: startAddress(frame, screen.flow), label: frame.say('flow.start_again') },
  })
}
