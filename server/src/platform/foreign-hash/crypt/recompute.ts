import { md5Crypt } from './md5-crypt.ts'
import { parseLog2Rounds, phpass } from './phpass.ts'
import { SHA_CRYPT_DEFAULT_ROUNDS, shaCrypt } from './sha-crypt.ts'

export const MD5_CRYPT = /^(\$1\$|\$apr1\$)([^$]{1,8})\$[./A-Za-z0-9]{22}$/
export const SHA_CRYPT = /^(\$([56])\$(?:rounds=([1-9]\d{3,8})\$)?([^$]{0,16})\$)[./A-Za-z0-9]{43,86}$/
export const PHPASS = /^(\$[PH]\$([./A-Za-z0-9])([^$]{8}))[./A-Za-z0-9]{22}$/

/** The text that the password would have, with the salt and rounds of this one; undefined for a text of another kind. */
export function recompute(text: string, password: Buffer): string | undefined {
  const [, magic, md5Salt = ''] = MD5_CRYPT.exec(text) ?? []
  if (magic === '$1$' || magic === '$apr1$') return md5Crypt(password, magic, md5Salt)
  const [, head, kind, rounds, shaSalt = ''] = SHA_CRYPT.exec(text) ?? []
  if (head !== undefined) return head + shaCrypt(password, kind === '5' ? 'sha256' : 'sha512', shaSalt, Number(rounds ?? SHA_CRYPT_DEFAULT_ROUNDS))
  const [, start, log2Rounds = '', phpassSalt = ''] = PHPASS.exec(text) ?? []
  return start === undefined ? undefined : start + phpass(password, phpassSalt, parseLog2Rounds(log2Rounds))
}
