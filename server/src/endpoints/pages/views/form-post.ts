import { html } from 'ghtml'
import type { Frame } from './frame.ts'
import { renderPage } from './layout.ts'

export interface FormPostModel {
  /** The address at the application. */
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
  /** Where scripts run, the form is sent without anybody pressing its button. */
  readonly submitsItself: boolean
}

/** Takes an answer to an application by a form that the browser sends (OAuth 2.0 Form Post Response Mode section 2). */
export function renderFormPost(frame: Frame, { action, fields, submitsItself }: FormPostModel): string {
  const title = frame.say('page.back_to_application')
  return renderPage(frame, {
    title,
    width: 'card',
    main: html`<div class="gp-card gp-message">
<h1>${title}</h1>
<form method="post" action="${action}"!${submitsItself ? ' data-leaves-by-itself' : ''}>
!${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<button class="gp-button gp-button-primary" type="submit">${frame.say('code.submit')}</button>
</form>
</div>`,
  })
}
