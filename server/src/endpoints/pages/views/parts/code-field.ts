import type { Frame } from '../frame.ts'
import { renderField } from './field.ts'

/** Six digits and the blanks or hyphens a mail program may paste between them. */
const CODE_PATTERN = '[\\s\\-]*([0-9][\\s\\-]*){6}'
/** Room for blanks around every digit; the server takes them out. */
const CODE_INPUT_MAX_LENGTH = 16

/** The field `code`: six digits of a message, or of an authenticator app (`totp`). */
export function renderCodeField(frame: Frame, error: string | undefined, from: 'message' | 'totp' = 'message'): string {
  return renderField({
    id: 'code',
    name: 'code',
    label: frame.say('field.code'),
    error,
    input: {
      class: 'gp-input gp-code',
      type: 'text',
      inputmode: 'numeric',
      autocomplete: 'one-time-code',
      pattern: CODE_PATTERN,
      title: frame.say(from === 'totp' ? 'field.totp_pattern' : 'field.code_pattern'),
      maxlength: CODE_INPUT_MAX_LENGTH,
      required: true,
      autofocus: true,
      autocapitalize: 'none',
      spellcheck: 'false',
    },
  })
}
