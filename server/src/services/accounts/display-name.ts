import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'

const DISPLAY_NAME_MAX_LENGTH = 100

/** Any script, no control or direction-changing characters; null for the empty text, which removes the name. */
export function parseDisplayName(text: string): Result<string | null, { code: 'invalid_display_name' }> {
  const name = text.normalize('NFC').trim()
  if (name === '') return succeed(null)
  const isBad = [...name].length > DISPLAY_NAME_MAX_LENGTH || !name.isWellFormed() || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name.replaceAll('\u200d', ''))
  return isBad ? fail({ code: 'invalid_display_name' }) : succeed(name)
}
