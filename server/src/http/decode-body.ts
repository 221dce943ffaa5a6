/** Input that no handler ever sees. */
export class MalformedInput extends Error {
  override readonly name = 'MalformedInput'
  readonly statusCode = 400
}

/** A byte order mark is kept, and refused by whatever reads the text; a wrong byte is no question mark in a password. */
const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of a body. Only UTF-8 is taken, said or unsaid (RFC 8259 section 8.1). @throws MalformedInput */
export function decodeBody(body: Buffer, contentType: string | undefined): string {
  const charset = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(contentType ?? '')?.[1]
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8') throw new MalformedInput('the body is not in UTF-8')
  try {
    return UTF_8.decode(body)
  } catch (error) {
    throw new MalformedInput('the body is not in UTF-8', { cause: error })
  }
}
