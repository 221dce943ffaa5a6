import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'

/** RFC 9110, 7.6.1: these speak about one connection only. `Transfer-Encoding` is chosen anew for the client. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade']

/**
 * Passes an upstream's answer on as it arrives. Headers leave at once, so that an event stream opens before its first event; a body
 * that breaks off upstream breaks off here too, because a truncated answer must not look complete.
 */
export function relayResponse(
  upstream: IncomingMessage,
  request: IncomingMessage,
  response: ServerResponse,
  options: { /** The connection to the client ends with this answer. */ isLast: boolean },
): void {
  const headers = endToEndHeaders(upstream)
  if (options.isLast) headers.push('Connection', 'close')
  response.writeHead(upstream.statusCode as number, headers)
  if (upstream.headers['content-length'] === undefined) response.flushHeaders()
  pipeline(upstream, response, () => {
    // An upstream may answer before it has read the whole upload: what is left is read and dropped, or the connection would be stuck.
    if (!request.complete) request.unpipe().resume()
  })
}

export function endToEndHeaders(upstream: IncomingMessage): string[] {
  const dropped = new Set([...HOP_BY_HOP, ...(upstream.headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase())])
  const kept: string[] = []
  for (let index = 0; index < upstream.rawHeaders.length; index += 2) {
    const [name, value] = upstream.rawHeaders.slice(index, index + 2) as [string, string]
    if (!dropped.has(name.toLowerCase())) kept.push(name, value)
  }
  return kept
}
