import type { IncomingHttpHeaders } from 'node:http'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupAddress } from 'node:dns'
import { lookup as systemLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isIP } from 'node:net'
import { isPublicAddress } from './public-address.ts'

export interface GuardedRequest {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** For the whole exchange: look-up, connection, TLS, and the last byte of the answer. */
  readonly timeoutMs: number
}

/** `forbidden_address`: the host is, or resolves to, an address that is not public. No failure repeats what a server said. */
export type GuardedFailure = 'not_a_url' | 'not_https' | 'forbidden_address' | 'timeout' | 'answer_too_large' | 'unreachable'

export type GuardedAnswer =
  | { readonly outcome: 'answered'; readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }
  | { readonly outcome: 'failed'; readonly failure: GuardedFailure }

export type GuardedFetch = (request: GuardedRequest) => Promise<GuardedAnswer>

/** Resolves a name to every address it has; what `dns.lookup` does with `all`. */
export type ResolveAll = (hostname: string, done: (error: Error | null, addresses: LookupAddress[]) => void) => void

/** What a provider answers is a few lines of JSON. */
const MAX_ANSWER_BYTES = 64 * 1_024

/**
 * The only way out to an address that somebody could choose (SSRF). It connects to public addresses alone: the addresses
 * that a name resolves to are checked in the very look-up whose result is connected to, so a name that answers
 * differently the next time (DNS rebinding) wins nothing. Only https, no redirect is followed, nothing is decompressed,
 * time and size are bounded, and no connection outlives its request.
 *
 * `internalHosts` (`host` or `host:port`) are the operator's exceptions: they may be private and speak plain http.
 */
export function createGuardedFetch(options: { internalHosts: readonly string[]; resolveAll?: ResolveAll }): GuardedFetch {
  const internalHosts = new Set(options.internalHosts.map((host) => host.toLowerCase()))
  const resolveAll: ResolveAll = options.resolveAll ?? ((hostname, done) => systemLookup(hostname, { all: true }, done))
  const guardedLookup = lookUpPublic(resolveAll)

  return async (request) => {
    const url = URL.parse(request.url)
    if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.username !== '' || url.password !== '') return failed('not_a_url')
    const isInternal = internalHosts.has(url.hostname) || internalHosts.has(`${url.hostname}:${url.port || defaultPort(url)}`)
    if (!isInternal) {
      if (url.protocol !== 'https:') return failed('not_https')
      // An address in the place of a name is connected to without a look-up.
      const host = hostOf(url)
      if (isIP(host) !== 0 && !isPublicAddress(host)) return failed('forbidden_address')
    }
    return exchange(url, request, isInternal ? undefined : guardedLookup)
  }
}

class ForbiddenAddress extends Error {}

function lookUpPublic(resolveAll: ResolveAll): LookupFunction {
  return (hostname, options, done) =>
    resolveAll(hostname, (error, addresses) => {
      const [first] = addresses ?? []
      if (error || !first) return done(error ?? new Error('the name has no address'), '', 0)
      // One private address among public ones is refused too: which of them is connected to is the network's choice.
      if (!addresses.every(({ address }) => isPublicAddress(address))) return done(new ForbiddenAddress(), '', 0)
      if (options.all) done(null, addresses)
      else done(null, first.address, first.family)
    })
}

function exchange(url: URL, given: GuardedRequest, lookup: LookupFunction | undefined): Promise<GuardedAnswer> {
  return new Promise((resolve) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)({
      host: hostOf(url),
      port: url.port || defaultPort(url),
      path: `${url.pathname}${url.search}`,
      method: given.method,
      headers: {
        host: url.host,
        'accept-encoding': 'identity',
        ...given.headers,
        ...(given.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(given.body)) }),
      },
      agent: false,
      ...(lookup ? { lookup } : {}),
    })
    // Whatever becomes of the socket, and whichever event says so: the first end counts, and the deadline is one.
    const end = (answer: GuardedAnswer) => {
      clearTimeout(deadline)
      resolve(answer)
      request.destroy()
    }
    const deadline = setTimeout(() => end(failed('timeout')), given.timeoutMs)
    request.on('error', (error) => end(failed(failureOf(error))))
    // RFC 9110 section 7.8: a server switches to what was asked for alone, and we ask for nothing. The socket is ours to close then.
    request.on('upgrade', (_response, socket) => {
      socket.destroy()
      end(failed('unreachable'))
    })
    request.on('close', () => end(failed('unreachable')))
    request.on('response', (response) => {
      if ((response.statusCode ?? 0) < 200) return end(failed('unreachable'))
      const parts: Buffer[] = []
      let length = 0
      response.on('data', (part: Buffer) => {
        length += part.length
        parts.push(part)
        if (length > MAX_ANSWER_BYTES) end(failed('answer_too_large'))
      })
      response.on('error', (error) => end(failed(failureOf(error))))
      response.on('end', () =>
        end({ outcome: 'answered', status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString('utf8') }),
      )
    })
    request.end(given.body)
  })
}

function failureOf(error: Error): GuardedFailure {
  return error instanceof ForbiddenAddress ? 'forbidden_address' : 'unreachable'
}

function failed(failure: GuardedFailure): GuardedAnswer {
  return { outcome: 'failed', failure }
}

/** Without the brackets of an IPv6 address (RFC 3986 section 3.2.2). */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1')
}

function defaultPort(url: URL): string {
  return url.protocol === 'https:' ? '443' : '80'
}
