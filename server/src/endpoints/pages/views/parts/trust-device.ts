import { html } from 'ghtml'
import type { Frame } from '../frame.ts'

/** The wish that this browser be spared the second factor for a while; nothing where policy spares none. */
export function renderTrust(frame: Frame, days: number): string {
  if (days === 0) return ''
  return html`<label class="gp-check"><input type="checkbox" name="trust_device" value="yes"> ${frame.say('second_factor.trust', { time: frame.formatDuration(days, 'day') })}</label>`
}
