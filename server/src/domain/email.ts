import type { Result } from './result.ts'
import { fail, succeed } from './result.ts'

/** What is compared (`key`) and what is shown and written to (`display`). */
export interface EmailAddress {
  readonly key: string
  readonly display: string
}

const MAX_ADDRESS_LENGTH = 254
const MAX_LOCAL_PART_LENGTH = 64
/** RFC 5321 dot-string, widened to letters and digits of any script (RFC 6531). Quoted forms are refused: they smuggle
 * second recipients past mail libraries (CVE-2025-13033). */
const LOCAL_PART = /^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+)*$/u
const DOMAIN_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * One address, as an account key: NFKC, trimmed, lower case, domain in its ASCII form. Lists, display names, comments,
 * quoted local parts, address literals and control characters are refused.
 */
export function parseEmail(text: string): Result<EmailAddress, 'invalid_email'> {
  const display = text.trim()
  const key = display.normalize('NFKC').toLowerCase()
  const at = key.indexOf('@')
  if (key.length > MAX_ADDRESS_LENGTH || at < 1 || at !== key.lastIndexOf('@')) return fail('invalid_email')
  const localPart = key.slice(0, at)
  const domain = toAsciiDomain(key.slice(at + 1))
  if (localPart.length > MAX_LOCAL_PART_LENGTH || !LOCAL_PART.test(localPart) || !domain) return fail('invalid_email')
  return succeed({ key: `${localPart}@${domain}`, display: `${display.normalize('NFKC').slice(0, display.normalize('NFKC').indexOf('@'))}@${domain}` })
}

function toAsciiDomain(domain: string): string | undefined {
  // The URL parser does IDNA (UTS 46), but also accepts what is no mail domain: those characters are refused first.
  if (/[^\p{L}\p{N}\p{M}.-]/u.test(domain)) return undefined
  let ascii: string
  try {
    ascii = new URL(`http://${domain}/`).hostname
  } catch {
    return undefined
  }
  const labels = ascii.split('.')
  const topLevel = labels.at(-1) ?? ''
  // An all-numeric last label is an IPv4 address in disguise.
  if (labels.length < 2 || /^\d+$/.test(topLevel) || ascii.length > 253) return undefined
  return labels.every((label) => DOMAIN_LABEL.test(label)) ? ascii : undefined
}

/** `a****@example.com`: enough to recognise one's own address, too little to learn another's. */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf('@')
  const localPart = address.slice(0, at)
  return `${[...localPart].slice(0, localPart.length > 2 ? 2 : 1).join('')}****${address.slice(at)}`
}
