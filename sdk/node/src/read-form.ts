import type { IncomingMessage } from 'node:http'

const FORM_MAX_BYTES = 64 * 1024

/** The fields of a form that was posted, whether something read it before (a body parser of Express) or nothing did. Empty when it is too long. */
export async function readForm(request: IncomingMessage & { readonly body?: unknown }): Promise<URLSearchParams> {
  if (typeof request.body === 'object' && request.body !== null) {
    const texts = Object.entries(request.body).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    return new URLSearchParams(texts)
  }
  return readFormBody(request as AsyncIterable<Uint8Array>)
}

/** The same of a body that nothing read. */
export async function readFormBody(body: AsyncIterable<Uint8Array> | null): Promise<URLSearchParams> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > FORM_MAX_BYTES) return new URLSearchParams()
    chunks.push(chunk)
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
}
