import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PASSWORD_MIN_LENGTH } from '../../domain/password-rules.ts'

let common: ReadonlySet<string> | undefined

/** True for the 49,000 most used passwords (zxcvbn's list); read at first need, so that a start does not pay for it. */
export function isCommonPassword(folded: string): boolean {
  common ??= readCommonPasswords()
  return common.has(folded)
}

function readCommonPasswords(): ReadonlySet<string> {
  const path = createRequire(import.meta.url).resolve('@zxcvbn-ts/language-common/src/passwords.json')
  const list = JSON.parse(readFileSync(path, 'utf8')) as string[]
  return new Set(list.filter((password) => password.length >= PASSWORD_MIN_LENGTH))
}
