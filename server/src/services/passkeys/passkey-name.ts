import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'

/** Longer names tell nobody more. */
const PASSKEY_NAME_MAX_LENGTH = 100

/** What its owner calls a passkey: any script, no control or direction-changing characters, not empty. */
export function parsePasskeyName(text: string): Result<string, { code: 'invalid_passkey_name' }> {
  const name = text.normalize('NFC').trim()
  const length = [...name].length
  const isBad = length === 0 || length > PASSKEY_NAME_MAX_LENGTH || !name.isWellFormed() || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name.replaceAll('\u200d', ''))
  return isBad ? fail({ code: 'invalid_passkey_name' }) : succeed(name)
}
