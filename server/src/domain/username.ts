import type { Result } from './result.ts'
import { fail, succeed } from './result.ts'

export interface Username {
  readonly key: string
  readonly display: string
}

const USERNAME_MIN_LENGTH = 3
const USERNAME_MAX_LENGTH = 30
const USERNAME = /^[A-Za-z0-9_-]+$/
/** Names that would pass for the installation itself. */
const RESERVED = new Set(['admin', 'administrator', 'root', 'system', 'support', 'security', 'postmaster', 'hostmaster', 'webmaster', 'abuse', 'gatepost'])

/** 3 to 30 of `A-Z a-z 0-9 _ -`; compared NFKC and case-folded, shown as typed. */
export function parseUsername(text: string): Result<Username, 'invalid_username'> {
  const display = text.trim().normalize('NFKC')
  const isWellFormed = display.length >= USERNAME_MIN_LENGTH && display.length <= USERNAME_MAX_LENGTH && USERNAME.test(display)
  const key = display.toLowerCase()
  return isWellFormed && !RESERVED.has(key) ? succeed({ key, display }) : fail('invalid_username')
}

/** Of a first username: enough that two people of one name hardly ever meet. */
export const USERNAME_SUFFIX_DIGITS = 5

/** Of a first username with nothing else in it: a million accounts hardly ever draw the same. */
export const ANY_USERNAME_DIGITS = 12

/** A first username for an account without an email: nothing of a telephone number, which usernames would give away. */
export function anyUsername(digits: string): Username {
  const display = `user-${digits}`
  return { key: display, display }
}

/** A first username from an email's local part: at most 24 of its characters, a hyphen and the given digits. */
export function suggestUsername(emailKey: string, digits: string): Username {
  const stem = emailKey.slice(0, emailKey.indexOf('@')).replace(/[^a-z0-9_-]/g, '').slice(0, 24) || 'user'
  const display = `${stem}-${digits}`
  return { key: display, display }
}
