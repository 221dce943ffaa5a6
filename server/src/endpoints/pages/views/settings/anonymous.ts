import { html } from 'ghtml'
import { applicationAddress, startAddress } from '../addresses.ts'
import type { Frame } from '../frame.ts'
import { renderPage } from '../layout.ts'
import { renderDeleteSection, renderExportSection } from './render-settings.ts'

/** What somebody without an account may do: get one, take a copy, or have everything deleted. Signing out would be deleting in disguise. */
export function renderAnonymousSettings(frame: Frame, model: { readonly isDeletionOffered: boolean }): string {
  const home = frame.returnTo !== '/' ? frame.returnTo : applicationAddress(frame)
  return renderPage(frame, {
    title: frame.say('settings.title'),
    width: 'account',
    back: home === undefined ? undefined : { href: home, label: frame.say('page.back_to_application') },
    main: html`<h1>${frame.say('settings.title')}</h1>
<p>${frame.say('anonymous.settings')}</p>
<p><a class="gp-button gp-button-primary" href="${startAddress(frame, 'promote')}">${frame.say('signup.submit')}</a></p>
!${renderExportSection(frame)}
!${model.isDeletionOffered ? renderDeleteSection(frame) : ''}`,
  })
}
