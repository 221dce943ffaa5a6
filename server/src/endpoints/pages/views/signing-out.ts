import { html } from 'ghtml'
import type { Frame } from './frame.ts'
import { renderPage } from './layout.ts'

export interface SigningOutModel {
  /** One for each application that wants to hear of it in the browser (OpenID Connect Front-Channel Logout 1.0). */
  readonly frames: readonly string[]
  /** Where the browser goes on to. */
  readonly to: string
}

/** An application needs no longer; one that does is not waited for. */
const WAITS_SECONDS = 3

/**
 * Lets applications sign the browser out in hidden frames, and goes on by itself: with scripts once all have loaded, without after
 * some seconds. What is in a frame may run, and may not lead the page away.
 */
export function renderSigningOut(frame: Frame, { frames, to }: SigningOutModel): string {
  const title = frame.say('done.signed_out.title')
  return renderPage(frame, {
    title,
    width: 'card',
    goesOnTo: to,
    goesOnAfterSeconds: WAITS_SECONDS,
    main: html`<div class="gp-card gp-message">
<h1>${title}</h1>
<a class="gp-button gp-button-primary" href="${to}" data-after-frames="${WAITS_SECONDS}">${frame.say('code.submit')}</a>
!${frames.map((address) => html`<iframe src="${address}" sandbox="allow-scripts allow-same-origin" title="" aria-hidden="true" hidden></iframe>`)}
</div>`,
  })
}
