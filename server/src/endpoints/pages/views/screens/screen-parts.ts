import { html } from 'ghtml'
import type { Screen, ScreenFailure } from '../../../../flow/screen.ts'
import { failureText } from '../failure-text.ts'
import type { Banner, Frame, ScreenForm } from '../frame.ts'
import { renderPage } from '../layout.ts'
import { renderBanner } from '../parts/banner.ts'
import { renderHiddenFields } from '../parts/hidden-fields.ts'

export type ScreenOf<Name extends Screen['screen']> = Extract<Screen, { screen: Name }>

/** The sentence of a failure if it is one of `codes`, so that it can stand at the field it is about. */
export function failureAt(frame: Frame, failure: ScreenFailure | null, ...codes: ScreenFailure['code'][]): string | undefined {
  return failure && codes.includes(failure.code) ? failureText(frame.say, failure) : undefined
}

/** A card with one thing to do. `body` is HTML; `failure` is the one that stands at no field of this card. */
export function renderCard(
  frame: Frame,
  card: {
    readonly title: string
    readonly body: string
    readonly form: ScreenForm
    readonly failure: ScreenFailure | null
    /** Failures that a field of the body already shows. */
    readonly shownAtField: readonly ScreenFailure['code'][]
    readonly back: { readonly href: string; readonly label: string } | undefined
  },
): string {
  const isAtField = card.failure !== null && card.shownAtField.includes(card.failure.code)
  const failureBanner: Banner | undefined = card.failure && !isAtField ? { tone: 'error', text: failureText(frame.say, card.failure) } : undefined
  return renderPage(frame, {
    title: card.title,
    width: 'card',
    hasError: card.failure !== null || card.form.banner?.tone === 'error',
    tellsReturn: true,
    back: card.back,
    main: html`<div class="gp-card">
<h1>${card.title}</h1>
!${renderBanner(frame, card.form.banner)}
!${renderBanner(frame, failureBanner)}
!${card.body}
</div>`,
  })
}

/** A form of the flow: posts to the screen's address with the flow's hidden fields. */
export function renderFlowForm(frame: Frame, form: ScreenForm, body: string): string {
  return html`<form class="gp-form" method="post" action="${form.action}">
!${renderHiddenFields(frame, { state: form.state })}
!${body}
</form>`
}

/** Who is meant, readable, with a hidden user name so that a password manager files the password under it. */
export function renderWho(frame: Frame, identifier: string): string {
  if (identifier === '') return ''
  return html`<p class="gp-who"><span class="gp-visually-hidden">${frame.say('field.account')}: </span>${identifier}</p>
<input type="text" autocomplete="username" value="${identifier}" readonly hidden>`
}
