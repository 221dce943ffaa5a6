/** Which URIs a client may name. Each check gives what is wrong, or nothing. */
import { isIP } from 'node:net'
import { isPublicAddress } from '../../../platform/public-address.ts'
import type { ClientSurroundings } from './field.ts'

const MAX_URI_LENGTH = 2_048
/** A domain name in reverse (RFC 8252 section 7.1): two labels at least, so no `javascript`, `data`, `file` or `intent`. */
const REVERSE_DOMAIN_SCHEME = /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+:$/
/** Of an authorization response (RFC 6749 section 4.1.2, RFC 9207): a redirect URI that brings its own could pass for another answer. */
const RESPONSE_PARAMETERS = ['code', 'state', 'iss', 'error', 'error_description', 'id_token', 'access_token', 'response', 'session_state']
/** What the address of a sign-in screen is opened with (services/hand-overs). */
const SCREEN_PARAMETERS = ['request', 'client_id', 'type', 'login_hint', 'ui_locales', 'prompt', 'notice']
const LOOPBACK_HOSTS = new Set(['127.0.0.1', '[::1]'])

/** RFC 9700 section 2.1, RFC 8252 sections 7 and 8: what may be redirected to, compared character by character later on. */
export function checkRedirectUri(text: string, allows: { customScheme: boolean; claimedOnly: boolean }, { allowsLocalhost }: ClientSurroundings): string | undefined {
  const url = parseUri(text)
  if (typeof url === 'string') return url
  if (url.protocol === 'https:') {
    if (allows.claimedOnly && isLoopback(url, true)) return 'must not be https on the device itself: write http (RFC 8252 section 7.3)'
  } else if (url.protocol === 'http:') {
    if (!isLoopback(url, allowsLocalhost)) return describeHttpRefusal(url)
  } else {
    const custom = checkCustomScheme(url, allows.customScheme)
    if (custom !== undefined) return custom
  }
  const reserved = RESPONSE_PARAMETERS.find((name) => url.searchParams.has(name))
  return reserved === undefined ? undefined : `must not have a parameter ${reserved}, which an answer adds`
}

/** An address that browsers are led to, by a link or a redirect. */
export function checkBrowserUri(text: string, { allowsLocalhost }: ClientSurroundings): string | undefined {
  const url = parseUri(text)
  if (typeof url === 'string') return url
  if (url.protocol === 'https:') return undefined
  return url.protocol === 'http:' && isLoopback(url, allowsLocalhost) ? undefined : 'must be https'
}

/** A sign-in screen: people type their passwords there, so that http is for who develops it on their own machine. */
export function checkScreenUri(text: string, { allowsLocalhost }: ClientSurroundings): string | undefined {
  const url = parseUri(text)
  if (typeof url === 'string') return url
  const isInDevelopment = url.protocol === 'http:' && allowsLocalhost && isLoopback(url, true)
  if (url.protocol !== 'https:' && !isInDevelopment) return 'must be https, or in development http on the machine itself'
  const reserved = SCREEN_PARAMETERS.find((name) => url.searchParams.has(name))
  return reserved === undefined ? undefined : `must not have a parameter ${reserved}, which is added`
}

export function checkHttpsUri(text: string): string | undefined {
  const url = parseUri(text)
  if (typeof url === 'string') return url
  return url.protocol === 'https:' ? undefined : 'must be https'
}

/** An address that the server itself asks: a public one, by https, but for what the operator excepted. */
export function checkOutboundUri(text: string, { internalHosts, forbiddenHosts = [] }: ClientSurroundings): string | undefined {
  const url = parseUri(text)
  if (typeof url === 'string') return url
  if (isOneOf(forbiddenHosts, url)) return 'must not be an address inside'
  if (/^https?:$/.test(url.protocol) && isOneOf(internalHosts, url)) return undefined
  if (url.protocol !== 'https:') return 'must be https, unless OUTBOUND_INTERNAL_HOSTS names its host'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isInside = isIP(host) === 0 ? /^localhost$|\.localhost$/.test(host) : !isPublicAddress(host)
  return isInside ? 'must not be an address inside, unless OUTBOUND_INTERNAL_HOSTS names its host' : undefined
}

/** Hosts as `OUTBOUND_INTERNAL_HOSTS` names them: with a port, or for every port. */
export function isOneOf(hosts: readonly string[], url: URL): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return hosts.includes(url.hostname) || hosts.includes(`${url.hostname}:${port}`)
}

/**
 * The URI, or what is wrong with it. Only the spelling that every parser reads alike is taken: no other one for the same
 * address, no user, no fragment, no wildcard.
 */
function parseUri(text: string): URL | string {
  if (text.length > MAX_URI_LENGTH) return `must have ${MAX_URI_LENGTH} characters at most`
  if (!/^[\x21-\x7e]+$/.test(text)) return 'must be printable ASCII without spaces: write a host as punycode, the rest percent-encoded'
  const url = URL.parse(text)
  if (!url) return 'must be a whole URI, such as https://app.example.com/callback'
  if (text.includes('*')) return 'must not have a wildcard: each address is named'
  if (text.includes('#')) return 'must not have a fragment'
  if (url.username !== '' || url.password !== '' || /^[^/?]*\/\/[^/?]*@/.test(text)) return 'must not name a user'
  if (text !== url.href && `${text}/` !== url.href) return `must be written as ${url.href}`
  return url
}

function isLoopback(url: URL, withLocalhost: boolean): boolean {
  return LOOPBACK_HOSTS.has(url.hostname) || (withLocalhost && url.hostname === 'localhost')
}

function describeHttpRefusal(url: URL): string {
  if (url.hostname === 'localhost') return 'must name 127.0.0.1 or [::1]: what localhost is may be somebody else\'s to say (RFC 8252 section 8.3), and is taken in development only'
  return 'must be https, or http on 127.0.0.1 or [::1]'
}

function checkCustomScheme(url: URL, isAllowed: boolean): string | undefined {
  if (!isAllowed) return 'must be https, or http on 127.0.0.1 or [::1]: a scheme of its own is for native clients'
  if (!REVERSE_DOMAIN_SCHEME.test(url.protocol)) return 'must be https, http on 127.0.0.1 or [::1], or a scheme that is a domain name in reverse, such as com.example.app:/callback'
  return url.pathname === '' && url.host === '' ? 'must name a path, such as com.example.app:/callback' : undefined
}
