import { html } from 'ghtml'
import { attributes } from './attributes.ts'

export type ButtonLook = 'primary' | 'secondary' | 'danger' | 'link'

/** Which of its buttons sent a flow's form: the value of `intent`. */
export type Intent =
  | 'password'
  | 'code'
  | 'identify'
  | 'signup'
  | 'submit_code'
  | 'resend'
  | 'check'
  | 'new_password'
  | 'totp'
  | 'recovery_code'
  | 'passkey'
  | 'email_code'
  | 'code_to_phone'
  | 'phone_code'
  | 'to_email'
  | 'to_phone'
  | 'channel'
  | 'other_factor'
  | 'create_passkey'
  | 'skip'
  | 'confirm_ending'
  | 'recovery_codes_kept'
  | 'profile'
  | 'cancel_deletion'
  | 'add_email'
  | 'allow'
  | 'refuse'
  | 'other_account'
  | 'forgot_password'
  | 'language'

/** A submit button; with an `intent` it says so in the form. `skipsValidation` leaves fields it does not need unasked. */
export function renderButton(button: {
  readonly text: string
  readonly look: ButtonLook
  readonly intent?: Intent
  readonly skipsValidation?: boolean
  /** Sends the form to another address than its own. */
  readonly action?: string
  /** The accessible name, where the visible text alone does not tell which one; it begins with the visible text. */
  readonly fullName?: string
}): string {
  const pairs = {
    class: `gp-button gp-button-${button.look}`,
    type: 'submit',
    name: button.intent === undefined ? undefined : 'intent',
    value: button.intent,
    formaction: button.action,
    formnovalidate: button.skipsValidation,
    'aria-label': button.fullName,
  }
  return html`<button!${attributes(pairs)}>${button.text}</button>`
}
