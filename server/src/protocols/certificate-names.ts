/** Names in certificates, as RFC 8705 section 2.1.2 compares them with what a client registered. */
import type { X509Certificate } from 'node:crypto'

type SubjectField = 'tls_client_auth_subject_dn' | 'tls_client_auth_san_dns' | 'tls_client_auth_san_uri' | 'tls_client_auth_san_ip' | 'tls_client_auth_san_email'

/** Names of attribute types by their identifiers (RFC 4514 section 3, and those that authorities use beside). */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'cn', '2.5.4.5': 'serialnumber', '2.5.4.6': 'c', '2.5.4.7': 'l', '2.5.4.8': 'st', '2.5.4.9': 'street', '2.5.4.10': 'o', '2.5.4.11': 'ou', '2.5.4.97': 'organizationidentifier',
  '0.9.2342.19200300.100.1.1': 'uid', '0.9.2342.19200300.100.1.25': 'dc', '1.2.840.113549.1.9.1': 'emailaddress',
}

/** Whether the certificate names who was registered. Values count to the letter: nothing is folded, and no wildcard stands for anything. */
export function namesSubject(certificate: X509Certificate, field: SubjectField, registered: string): boolean {
  switch (field) {
    case 'tls_client_auth_subject_dn':
      return isSameName(parseDistinguishedName(registered), parseSubject(certificate.subject))
    case 'tls_client_auth_san_dns':
      return certificate.checkHost(registered, { subject: 'never', wildcards: false }) !== undefined
    case 'tls_client_auth_san_ip':
      return certificate.checkIP(registered) !== undefined
    case 'tls_client_auth_san_email':
      return certificate.checkEmail(registered, { subject: 'never' }) !== undefined
    case 'tls_client_auth_san_uri':
      return listUris(certificate.subjectAltName).includes(registered)
  }
}

/** Relative names, the most specific first, each a sorted list of `type=value`; undefined for what is none (RFC 4514 section 3). */
export function parseDistinguishedName(text: string): readonly (readonly string[])[] | undefined {
  const names = splitUnescaped(text, ',').map(parseRelativeName)
  return names.every((name) => name !== undefined) ? names : undefined
}

/** As Node gives a subject: a relative name a line, the most general first. */
function parseSubject(subject: string | undefined): readonly (readonly string[])[] | undefined {
  const names = (subject ?? '').split('\n').toReversed().map(parseRelativeName)
  return names.every((name) => name !== undefined) ? names : undefined
}

function parseRelativeName(text: string): readonly string[] | undefined {
  const parts = splitUnescaped(text, '+').map((part) => {
    const [, type, value] = /^\s*([A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)+)\s*=\s*(.*)$/s.exec(part) ?? []
    const plain = value === undefined || value.startsWith('#') ? undefined : unescape(value)
    return type === undefined || plain === undefined || plain === '' ? undefined : `${TYPE_NAMES[type] ?? type.toLowerCase()}=${plain}`
  })
  return parts.every((part) => part !== undefined) ? parts.sort() : undefined
}

/** A backslash and what follows it stay together. */
function splitUnescaped(text: string, separator: ',' | '+'): string[] {
  const parts: string[] = []
  let part = ''
  for (const [token] of text.matchAll(/\\.|[^]/gs)) {
    if (token !== separator) part += token
    else {
      parts.push(part)
      part = ''
    }
  }
  return [...parts, part]
}

/** RFC 4514 section 2.4: a character after a backslash, or a byte of UTF-8 as two digits; undefined where it ends in the middle. */
function unescape(value: string): string | undefined {
  const trimmed = value.replace(/((?:^|[^\\])(?:\\\\)*) +$/, '$1')
  const bytes: Buffer[] = []
  for (const [token] of trimmed.matchAll(/\\[0-9A-Fa-f]{2}|\\.|[^\\]+|\\$/gs)) {
    if (token === '\\') return undefined
    const isByte = /^\\[0-9A-Fa-f]{2}$/.test(token)
    bytes.push(isByte ? Buffer.from(token.slice(1), 'hex') : Buffer.from(token.startsWith('\\') ? token.slice(1) : token))
  }
  return Buffer.concat(bytes).toString('utf8')
}

function isSameName(one: readonly (readonly string[])[] | undefined, other: readonly (readonly string[])[] | undefined): boolean {
  return one !== undefined && other !== undefined && JSON.stringify(one) === JSON.stringify(other)
}

/** Node writes `URI:` before each, and as a JSON text what could be taken for more than one entry (CVE-2021-44532). */
function listUris(subjectAltName: string | undefined): string[] {
  const entries = (subjectAltName ?? '').match(/(?:"(?:[^"\\]|\\.)*"|[^",])+/g) ?? []
  return entries.flatMap((entry) => {
    const [, value] = /^ ?URI:(.*)$/s.exec(entry) ?? []
    if (value === undefined) return []
    return [value.startsWith('"') ? (JSON.parse(value) as string) : value]
  })
}
