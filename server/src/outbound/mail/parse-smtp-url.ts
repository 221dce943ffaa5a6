import { isIP } from 'node:net'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'

/**
 * How a mail server is reached.
 * - `implicit`: TLS from the first byte (`smtps://`, RFC 8314)
 * - `required`: STARTTLS or no delivery (`smtp://`, the default)
 * - `opportunistic`: STARTTLS when offered, else plain (`smtp://...?insecure`, or a loopback host)
 */
export interface SmtpServer {
  readonly host: string
  readonly port: number
  readonly security: 'implicit' | 'required' | 'opportunistic'
  readonly credentials?: { readonly user: string; readonly pass: string }
}

export type SmtpUrlFailure = 'not_a_smtp_url' | 'host_missing' | 'credentials_malformed' | 'unknown_parameter' | 'contradicting_security'

/** RFC 8314: submission with implicit TLS. */
const SUBMISSIONS_PORT = 465
/** RFC 6409: submission. */
const SUBMISSION_PORT = 587

/**
 * `smtp[s]://[user:password@]host[:port][?tls=required|?insecure]`, user and password percent-encoded. Without TLS an
 * attacker on the way reads every code, and can strip an offered STARTTLS; so plain delivery has to be asked for.
 */
export function parseSmtpUrl(text: string): Result<SmtpServer, SmtpUrlFailure> {
  const url = URL.parse(text)
  if (!url || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:')) return fail('not_a_smtp_url')
  if (url.hostname === '') return fail('host_missing')
  if (url.pathname !== '' && url.pathname !== '/') return fail('not_a_smtp_url')
  const credentials = decodeCredentials(url)
  if (!credentials.ok) return credentials

  const isTlsRequired = url.searchParams.get('tls') === 'required'
  const insecure = url.searchParams.get('insecure')
  const isInsecure = insecure !== null && insecure !== 'false'
  for (const [name, value] of url.searchParams) {
    const isKnown = (name === 'tls' && value === 'required') || (name === 'insecure' && ['', 'true', 'false'].includes(value))
    if (!isKnown) return fail('unknown_parameter')
  }
  if (isInsecure && (isTlsRequired || url.protocol === 'smtps:')) return fail('contradicting_security')

  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const isPlainAllowed = isInsecure || (isLoopback(host) && !isTlsRequired)
  const security = url.protocol === 'smtps:' ? 'implicit' : isPlainAllowed ? 'opportunistic' : 'required'
  const port = url.port === '' ? (security === 'implicit' ? SUBMISSIONS_PORT : SUBMISSION_PORT) : Number(url.port)
  return succeed({ host, port, security, ...(credentials.value && { credentials: credentials.value }) })
}

function decodeCredentials(url: URL): Result<SmtpServer['credentials'], 'credentials_malformed'> {
  if (url.username === '' && url.password === '') return succeed(undefined)
  try {
    return succeed({ user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) })
  } catch {
    return fail('credentials_malformed')
  }
}

function isLoopback(host: string): boolean {
  if (isIP(host) === 4) return host.startsWith('127.')
  return host === '::1' || host === 'localhost' || host.endsWith('.localhost')
}
