import { createPrivateKey } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { isLocalPath } from '../../http/local-path.ts'
import { findHashFileProblem } from '../../outbound/breached-passwords/hash-file.ts'
import { parseSender } from '../../outbound/mail/parse-sender.ts'
import { parseSmtpUrl } from '../../outbound/mail/parse-smtp-url.ts'

/** Text forms of settings. Messages complete the sentence "NAME ...". */
export const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`)

export const onOff = z.enum(['on', 'off'], 'must be "on" or "off"').transform((value) => value === 'on')

/** An origin: scheme and host, perhaps a port, nothing else. */
export const origin = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isOrigin = url && ['http:', 'https:'].includes(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username
  if (isOrigin && !text.endsWith('/')) return url.origin
  context.addIssue('must be an http or https origin without a path, such as https://example.com')
  return z.NEVER
})

/** An http or https address that paths are appended to. */
export const baseAddress = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isBase = url && ['http:', 'https:'].includes(url.protocol) && !url.search && !url.hash && !url.username
  if (isBase) return url.href.replace(/\/+$/, '')
  context.addIssue('must be an http or https address without a query, such as https://mirror.example.com')
  return z.NEVER
})

/** A path to a sorted list of hashes; looked into at once, so that a wrong one is noticed before it is needed. */
export const hashFile = z.string().superRefine((path, context) => {
  const problem = findHashFileProblem(path)
  if (problem === 'unreadable') context.addIssue('names a file that cannot be read')
  if (problem === 'not_hashes') context.addIssue('names a file that does not begin with a line HASH:COUNT of 40 hexadecimal digits and a number')
})

/** `/` or `/auth`: kept as '' or '/auth', so that paths are made by appending. */
export const basePath = z
  .string()
  .regex(/^\/([A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*)?$/, 'must be "/" or a path such as "/auth"')
  .transform((path) => (path === '/' ? '' : path))

export const databaseUrl = z
  .string()
  .regex(/^(sqlite:.+|(postgres|postgresql|mysql|mariadb):\/\/.+)$/, 'must begin with sqlite:, postgres://, mysql:// or mariadb://')
  .refine((text) => (text.startsWith('sqlite:') ? isFilePath(text.slice('sqlite:'.length)) : URL.canParse(text) && new URL(text).hostname !== ''), {
    message: 'must name a file (sqlite:./data/gatepost.db) or a server (postgres://user:password@host/database)',
    when: ({ issues }) => issues.length === 0,
  })

/** What openDatabase takes after `sqlite:`: a path, or the rest of a file URL; not `:memory:`, which no two connections share. */
function isFilePath(rest: string): boolean {
  if (!rest.startsWith('//')) return !rest.startsWith(':')
  try {
    return fileURLToPath(`file:${rest}`) !== '/'
  } catch {
    return false
  }
}

export const urlOf = (...schemes: string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1)),
      `must be a URL beginning with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
    )

/** One key of 64 hexadecimal digits, or several with commas between: the first seals, all open. */
export const keyRing = z
  .string()
  .transform((text) => text.split(',').map((key) => key.trim()))
  .refine((keys) => keys.every((key) => /^[0-9a-fA-F]{64}$/.test(key)), 'must be 64 hexadecimal digits, or several such keys with commas between')
  .refine((keys) => keys.every((key) => new Set(key.toLowerCase()).size > 4), 'is not random: make one with `openssl rand -hex 32`')

/** Addresses and networks of proxies, with commas between. */
export const networks = z.string().transform((text, context) => {
  const entries = text.split(',').map((entry) => entry.trim()).filter((entry) => entry !== '')
  for (const entry of entries) {
    if (!ipaddr.isValid(entry) && !ipaddr.isValidCIDR(entry)) context.addIssue(`holds "${entry}", which is neither an address nor a network such as 10.0.0.0/8`)
  }
  return entries
})

/** Hosts, each perhaps with a port, with commas between. */
export const hosts = z.string().transform((text, context) => {
  const entries = text.split(',').map((entry) => entry.trim().toLowerCase()).filter((entry) => entry !== '')
  for (const entry of entries) {
    const url = URL.parse(`http://${entry}/`)
    // Only what stays as it was written: `2130706433` would be compared with the address it stands for, and never match.
    if (url?.host !== entry.replace(/:80$/, '')) context.addIssue(`holds "${entry}", which is neither a host nor a host and port such as sms.internal:8080`)
  }
  return entries
})

export const cookiePrefix = z.string().regex(/^[a-z][a-z0-9_]{0,30}$/, 'must be lower-case letters, digits and underscores')

/** A proxy copies or strips by it, and a framework may read `_` for `-`: letters, digits and single hyphens, the last one at its end. */
export const headerPrefix = z.string().regex(/^X(-[A-Za-z0-9]{1,30}){1,3}-$/, 'must begin with X- and end with a hyphen, such as X-Gatepost-')

/** One that nobody would send by itself for another reason. */
export const headerName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9]{0,30}(-[A-Za-z0-9]{1,30}){1,6}$/, 'must be the name of a header in two words or more, such as Client-Cert')
  .transform((text) => text.toLowerCase())

export const localPath = z.string().refine(isLocalPath, 'must be a local path such as "/"')

export const smtpUrl = z
  .string()
  .refine((text) => parseSmtpUrl(text).ok, 'must be smtps://user:password@host:465 or smtp://user:password@host:587, perhaps with ?tls=required or ?insecure')

export const mailFrom = z.string().refine((text) => parseSender(text).ok, 'must be an address, or a name and an address: Gatepost <no-reply@example.com>')

export const base64Pem = z
  .string()
  .transform((text) => Buffer.from(text, 'base64').toString('utf8'))
  .refine(isP256PrivateKey, 'must be a PEM private key on the curve P-256, in base64')

function isP256PrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyDetails?.namedCurve === 'prime256v1'
  } catch {
    return false
  }
}
