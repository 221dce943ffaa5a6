import { html } from 'ghtml'
import type { Frame } from '../frame.ts'

export type IconName = 'mark' | 'back' | 'check' | 'info' | 'error' | 'device' | 'passkey'

/** A symbol of the sprite, hidden from assistive technology: a word always stands beside it. */
export function renderIcon(frame: Frame, name: IconName): string {
  return html`<svg class="gp-icon" aria-hidden="true" focusable="false"><use href="${frame.assets.sprite}#${name}"/></svg>`
}
