import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { isHost } from './check-request.ts'
import { peerAddress, type TrustedProxies } from './trusted-proxies.ts'

/** RFC 9110, 7.6.1, and `expect`, which the gateway has answered itself. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
])

/** What decides where a message ends and whom it is for must never be dropped because a client names it in `Connection`. */
const FRAMING = new Set(['host', 'content-length'])

/** Fields that frameworks believe about the origin, the path or the proxy of a request; only a gateway may say them. */
const SPOOFABLE = new Set([
  'forwarded',
  'proxy',
  'true-client-ip',
  'x-client-ip',
  'x-original-host',
  'x-original-url',
  'x-real-ip',
  'x-rewrite-url',
])

/**
 * The headers an upstream gets: the client's, without hop-by-hop fields and without anything that only the gateway may say, and with
 * `X-Forwarded-*` set from the connection. A trusted proxy in front adds itself to `X-Forwarded-For` and keeps its word on the rest.
 */
export function forwardHeaders(request: IncomingMessage, trustedProxies: TrustedProxies): IncomingHttpHeaders {
  const named = namedInConnection(request.headers.connection)
  const forwarded: IncomingHttpHeaders = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (!HOP_BY_HOP.has(name) && !isReserved(name) && (!named.has(name) || FRAMING.has(name))) forwarded[name] = value
  }
  if (request.headers['transfer-encoding'] !== undefined) forwarded['transfer-encoding'] = 'chunked'
  return Object.assign(forwarded, describeConnection(request, trustedProxies))
}

/** Names are compared as a CGI-like server would see them: `X_Gatepost.User-Id` and `x-gatepost-user-id` are one (CVE-2025-64484). */
function isReserved(name: string): boolean {
  if (name.includes('_') || SPOOFABLE.has(name)) return true
  const folded = name.replace(/[^a-z0-9]+/g, '-')
  return folded.startsWith('x-gatepost-') || folded === 'x-gatepost' || folded.startsWith('x-forwarded')
}

function namedInConnection(connection: string | undefined): ReadonlySet<string> {
  return new Set((connection ?? '').split(',').map((name) => name.trim().toLowerCase()))
}

function describeConnection(request: IncomingMessage, trustedProxies: TrustedProxies): IncomingHttpHeaders {
  const peer = peerAddress(request.socket.remoteAddress)
  const said = (name: string): string => (trustedProxies.includes(peer) ? String(request.headers[name] ?? '') : '')
  const proto = ['http', 'https'].find((known) => known === said('x-forwarded-proto').toLowerCase()) ?? 'http'
  const host = isHost(said('x-forwarded-host')) ? said('x-forwarded-host') : (request.headers.host as string)
  const port = /:([0-9]+)$/.exec(host)?.[1] ?? (proto === 'https' ? '443' : '80')
  return {
    'x-forwarded-for': [said('x-forwarded-for'), peer].filter((value) => value !== '').join(', '),
    'x-forwarded-proto': proto,
    'x-forwarded-host': host,
    'x-forwarded-port': /^[0-9]{1,5}$/.test(said('x-forwarded-port')) ? said('x-forwarded-port') : port,
  }
}
