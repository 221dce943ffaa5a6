import { html } from 'ghtml'
import type { Frame } from '../frame.ts'
import { renderButton, type ButtonLook } from './buttons.ts'
import { renderHiddenFields } from './hidden-fields.ts'

/**
 * A form that the script sends once the authenticator answered: `passkey_ceremony` and `passkey_credential` are filled in by
 * it. Hidden until it finds that this browser has passkeys, since without it the form could do nothing.
 */
export function renderPasskeyForm(
  frame: Frame,
  form: {
    readonly ceremony: 'create' | 'get'
    readonly action: string
    readonly options: string
    /** The options are asked for the flow whose `state` this form carries. */
    readonly isOfFlow?: boolean
    readonly hidden: Readonly<Record<string, string>>
    /** HTML of fields before the button. */
    readonly fields?: string
    readonly button: { readonly text: string; readonly look: ButtonLook }
  },
): string {
  const hidden = renderHiddenFields(frame, { ...form.hidden, passkey_ceremony: '', passkey_credential: '' })
  return html`<form class="gp-form" method="post" action="${form.action}" hidden
 data-passkey="${form.ceremony}" data-api="${frame.basePath}/api/v1" data-options="${form.options}"!${form.isOfFlow === true ? ' data-of-flow' : ''}
 data-cancelled="${frame.say('passkey.cancelled')}" data-exists="${frame.say('passkey.exists')}" data-failed="${frame.say('passkey.failed')}">
!${hidden}
!${form.fields ?? ''}
!${renderButton(form.button)}
<p class="gp-field-error" role="alert" hidden></p>
</form>
<script type="module" src="${frame.assets.passkeys}"></script>`
}

/** The passkey button of a sign-in or re-authentication; nothing where none is taken. */
export function renderPasskeyEntry(frame: Frame, form: { action: string; state: string; passkeyOptions?: string; isOfFlow?: boolean }, text: string): string {
  if (form.passkeyOptions === undefined) return ''
  return renderPasskeyForm(frame, {
    ceremony: 'get',
    action: form.action,
    options: form.passkeyOptions,
    isOfFlow: form.isOfFlow ?? false,
    hidden: { state: form.state, intent: 'passkey' },
    button: { text, look: 'secondary' },
  })
}
