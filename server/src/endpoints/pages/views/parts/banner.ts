import { html } from 'ghtml'
import type { Banner, Frame } from '../frame.ts'
import { renderIcon } from './icon.ts'

const ICONS = { info: 'info', success: 'check', error: 'error' } as const

/** An error interrupts (role=alert), other news waits its turn (role=status). Nothing when there is no banner. */
export function renderBanner(frame: Frame, banner: Banner | undefined): string {
  if (!banner) return ''
  const role = banner.tone === 'error' ? 'alert' : 'status'
  return html`<div class="gp-banner gp-banner-${banner.tone}" role="${role}">!${renderIcon(frame, ICONS[banner.tone])}<p>${banner.text}</p></div>`
}
