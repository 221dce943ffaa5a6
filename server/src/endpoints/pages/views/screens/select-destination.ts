import { html } from 'ghtml'
import { startAddress } from '../addresses.ts'
import type { Frame, ScreenForm } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderCard, renderFlowForm, type ScreenOf } from './screen-parts.ts'

type SelectDestination = ScreenOf<'select_destination'>

/** One button for each way a recovery code can go; the same for everybody. */
export function renderSelectDestination(frame: Frame, screen: SelectDestination, form: ScreenForm): string {
  const buttons = screen.destinations.map((one, index) =>
    renderButton({ text: textOf(frame, one), look: index === 0 ? 'primary' : 'secondary', intent: one.destination === 'email' ? 'to_email' : 'to_phone' }),
  )
  return renderCard(frame, {
    title: frame.say('destination.title'),
    body: html`<p>${frame.say('destination.explanation')}</p>!${renderFlowForm(frame, form, buttons.join(''))}`,
    form,
    failure: screen.failure,
    shownAtField: [],
    back: { href: startAddress(frame, screen.flow), label: frame.say('recovery.back') },
  })
}

/** The masked number keeps its order between words that are written from the right (first strong isolate). */
function textOf(frame: Frame, { destination, masked }: SelectDestination['destinations'][number]): string {
  return masked === '' ? frame.say(`destination.${destination}_unnamed`) : frame.say(`destination.${destination}`, { destination: `\u2068${masked}\u2069` })
}
