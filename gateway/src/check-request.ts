import type { IncomingMessage } from 'node:http'

const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9.])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?$/

/**
 * Says what is wrong with how a request is framed or addressed, or undefined when an upstream can only read it as it was read here.
 * Node's parser has already refused bare line feeds, conflicting lengths and Transfer-Encoding beside Content-Length.
 */
export function findMalformation(request: IncomingMessage): string | undefined {
  const hosts = valuesOf(request, 'host')
  if (hosts.length !== 1 || !isHost(hosts[0] as string)) return 'exactly one valid Host is needed (RFC 9112, 3.2)'
  const codings = valuesOf(request, 'transfer-encoding')
  if (codings.length > 1 || (codings[0] ?? 'chunked').toLowerCase() !== 'chunked') return 'only the chunked transfer coding is supported'
  if (codings.length > 0 && request.httpVersion === '1.0') return 'HTTP/1.0 knows no transfer coding (RFC 9112, 6.1)'
  if (valuesOf(request, 'content-length').length > 1) return 'more than one Content-Length'
  if (isWebSocketUpgrade(request) && hasBody(request)) return 'a WebSocket handshake has no body'
  return undefined
}

export function isHost(text: string): boolean {
  return HOST.test(text)
}

/** RFC 6455, 4.1. Every other upgrade (h2c above all, which tunnels requests past a proxy) is ignored, as RFC 9110, 7.8 allows. */
export function isWebSocketUpgrade(request: IncomingMessage): boolean {
  return request.method === 'GET' && request.headers.upgrade?.toLowerCase() === 'websocket'
}

function hasBody(request: IncomingMessage): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) !== 0
}

/** From the raw list: `request.headers` silently keeps only the first of what must not be repeated. */
function valuesOf(request: IncomingMessage, name: string): string[] {
  const { rawHeaders } = request
  return rawHeaders.filter((_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name)
}
