import { html } from 'ghtml'
import { fillHtml } from '../fill-html.ts'
import type { Frame, ScreenForm } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderTime } from '../parts/time.ts'
import { startAddress } from '../addresses.ts'
import { renderCard, renderFlowForm, type ScreenOf } from './screen-parts.ts'

/** Somebody signs in to an account they wanted deleted: going on keeps it, going away leaves it to its end. */
export function renderAccountDeletionScheduled(frame: Frame, screen: ScreenOf<'account_deletion_scheduled'>, form: ScreenForm): string {
  const button = renderButton({ text: frame.say('deletion.keep'), look: 'primary', intent: 'cancel_deletion' })
  return renderCard(frame, {
    title: frame.say('deletion.title'),
    body: html`<p>!${fillHtml(frame, 'deletion.text', { time: renderTime(frame, screen.deleteAt) })}</p>!${renderFlowForm(frame, form, button)}`,
    form,
    failure: screen.failure,
    shownAtField: [],
    back: { href: startAddress(frame, screen.flow), label: frame.say('deletion.leave') },
  })
}
