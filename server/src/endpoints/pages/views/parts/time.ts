import { html } from 'ghtml'

/** Made when first used: they take 30 milliseconds, which a server that starts has no time for. */
let readable: { time: Intl.DateTimeFormat; date: Intl.DateTimeFormat } | undefined
const formats = () =>
  (readable ??= {
    time: new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }),
    date: new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }),
  })

/** An instant (milliseconds UTC) as `22 Nov 2026, 01:17 UTC`; the server does not know the reader's time zone. */
export function renderTime(instant: number): string {
  return html`<time datetime="${new Date(instant).toISOString()}">${formats().time.format(instant)} UTC</time>`
}

/** The day of an instant (milliseconds UTC) as `22 Nov 2026`. */
export function renderDate(instant: number): string {
  const day = new Date(instant).toISOString().slice(0, 10)
  return html`<time datetime="${day}">${formats().date.format(instant)}</time>`
}
