import { html } from 'ghtml'
import type { Frame } from '../frame.ts'

/** An instant (milliseconds UTC) as `22 Nov 2026, 01:17 UTC`. */
export function renderTime(frame: Frame, instant: number): string {
  return html`<time datetime="${new Date(instant).toISOString()}">${frame.formatTime(instant)}</time>`
}

/** The day of an instant (milliseconds UTC) as `22 Nov 2026`. */
export function renderDate(frame: Frame, instant: number): string {
  return html`<time datetime="${new Date(instant).toISOString().slice(0, 10)}">${frame.formatDate(instant)}</time>`
}
