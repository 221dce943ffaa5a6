import { html } from 'ghtml'
import { fillHtml } from './fill-html.ts'
import type { Frame } from './frame.ts'
import { renderPage } from './layout.ts'
import { renderBanner } from './parts/banner.ts'
import { renderButton } from './parts/buttons.ts'
import { renderField } from './parts/field.ts'
import { renderHiddenFields } from './parts/hidden-fields.ts'
import { scopeText } from './parts/scope-text.ts'

export interface DeviceCodeModel {
  /** What the address brought along, or what was typed. */
  readonly userCode: string
  readonly error: string | undefined
}

export interface DeviceConfirmationModel {
  /** As the device shows it. */
  readonly userCode: string
  readonly clientName: string
  readonly isFirstParty: boolean
  /** Nobody here made it: it registered itself, or is described by the document at `address`. */
  readonly isUnknown: boolean
  readonly address: string | undefined
  readonly scopes: readonly { readonly scope: string; readonly description?: string | undefined }[]
}

/** Eight letters and a hyphen, and room for blanks that were typed between them. */
const CODE_INPUT_MAX_LENGTH = 20

/** Asks for the code that a device shows; posts `user_code` and `intent` to `{basePath}/device`. */
export function renderDeviceCode(frame: Frame, { userCode, error }: DeviceCodeModel): string {
  const title = frame.say('device.title')
  const field = renderField({
    id: 'user-code',
    name: 'user_code',
    label: frame.say('device.code'),
    error,
    input: {
      class: 'gp-input gp-code',
      type: 'text',
      value: userCode.slice(0, CODE_INPUT_MAX_LENGTH),
      maxlength: CODE_INPUT_MAX_LENGTH,
      required: true,
      autofocus: true,
      autocomplete: 'off',
      autocapitalize: 'characters',
      spellcheck: 'false',
    },
  })
  return renderPage(frame, {
    title,
    width: 'card',
    hasError: error !== undefined,
    main: html`<div class="gp-card">
<h1>${title}</h1>
<p>${frame.say('device.enter')}</p>
!${renderForm(frame, {}, field + renderButton({ text: frame.say('code.submit'), look: 'primary', intent: 'submit_code' }))}
!${renderSignedIn(frame)}
!${renderForm(frame, { user_code: userCode }, renderButton({ text: frame.say('consent.other_account'), look: 'link', intent: 'other_account' }))}
</div>`,
  })
}

/** Who asks for what, as whom, and the code to compare; posts `user_code` and the decision as `intent` to `{basePath}/device`. */
export function renderDeviceConfirmation(frame: Frame, model: DeviceConfirmationModel): string {
  const title = frame.say('consent.title', { client: model.clientName })
  const client = html`<strong><bdi>${model.clientName}</bdi></strong>`
  const answers =
    renderButton({ text: frame.say('consent.allow'), look: 'primary', intent: 'allow' }) + renderButton({ text: frame.say('consent.refuse'), look: 'secondary', intent: 'refuse' })
  return renderPage(frame, {
    title,
    width: 'card',
    main: html`<div class="gp-card">
<h1>${title}</h1>
<p class="gp-hint">${frame.say(model.isFirstParty ? 'device.first_party' : 'device.third_party', { brand: frame.brandName })}</p>
!${renderUnknown(frame, model)}
<p>${frame.say('device.compare')}</p>
<p class="gp-code">${model.userCode}</p>
!${renderBanner(frame, { tone: 'error', text: frame.say('device.warning') })}
<p>!${fillHtml(frame, 'consent.asks', { client })}</p>
<ul>!${model.scopes.map(({ scope, description }) => html`<li>${scopeText(frame.say, scope, description)}</li>`)}</ul>
!${renderSignedIn(frame)}
<p class="gp-hint">${frame.say('consent.take_back')}</p>
!${renderForm(frame, { user_code: model.userCode }, answers)}
</div>`,
  })
}

function renderUnknown(frame: Frame, { isUnknown, address }: DeviceConfirmationModel): string {
  if (!isUnknown) return ''
  return renderBanner(frame, { tone: 'info', text: frame.say('consent.unknown') }) + (address === undefined ? '' : html`<p class="gp-path">${address}</p>`)
}

function renderForm(frame: Frame, hidden: Readonly<Record<string, string>>, body: string): string {
  return html`<form class="gp-form" method="post" action="${frame.basePath}/device">
!${renderHiddenFields(frame, hidden)}
!${body}
</form>`
}

function renderSignedIn(frame: Frame): string {
  return html`<p>!${fillHtml(frame, 'consent.signed_in_as', { name: html`<strong><bdi>${frame.signedInAs ?? ''}</bdi></strong>` })}</p>`
}
