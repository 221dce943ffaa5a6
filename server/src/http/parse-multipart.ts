import { MalformedInput } from './decode-body.ts'

/** A form with one file in it. */
export class MultipartForm {
  readonly fields: Readonly<Record<string, string>>
  /** Undefined when none was chosen. */
  readonly file: Buffer | undefined

  constructor(fields: Readonly<Record<string, string>>, file: Buffer | undefined) {
    this.fields = fields
    this.file = file
  }
}

/** A file form has a handful of fields. */
const MAX_PARTS = 10
const BOUNDARY = /;\s*boundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))/i
const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * `multipart/form-data` (RFC 7578) as browsers send it: each field once, one file at most; its name and type are what a
 * stranger says, and are not looked at. @throws MalformedInput
 */
export function parseMultipart(body: Buffer, contentType: string | undefined): MultipartForm {
  const [, quoted, bare] = BOUNDARY.exec(contentType ?? '') ?? []
  const boundary = quoted ?? bare
  if (boundary === undefined) throw new MalformedInput('the form has no boundary')
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  // RFC 2046 section 5.1.1: the first delimiter stands at the beginning, without a line break before it.
  const text = Buffer.concat([Buffer.from('\r\n'), body])
  if (text.indexOf(delimiter) !== 0) throw new MalformedInput('the form does not begin with its boundary')
  const fields: Record<string, string> = Object.create(null) as Record<string, string>
  let file: Buffer | undefined
  let at = delimiter.length
  for (let parts = 0; text.toString('latin1', at, at + 2) !== '--'; parts += 1) {
    const end = text.indexOf(delimiter, at)
    const headEnd = text.indexOf('\r\n\r\n', at)
    const isPart = text.toString('latin1', at, at + 2) === '\r\n' && headEnd !== -1 && end !== -1 && headEnd < end
    if (!isPart || parts === MAX_PARTS) throw new MalformedInput('the form has a part that is none')
    const { name, isFile } = readHead(decode(text.subarray(at + 2, headEnd)))
    const content = text.subarray(headEnd + 4, end)
    if (isFile && file) throw new MalformedInput('the form has two files')
    if (!isFile && (name in fields || name === '__proto__')) throw new MalformedInput('a field is given twice')
    if (isFile) file = content
    else fields[name] = decode(content)
    at = end + delimiter.length
  }
  return new MultipartForm(fields, file && file.length > 0 ? file : undefined)
}

function readHead(head: string): { name: string; isFile: boolean } {
  const [, disposition] = /^content-disposition:\s*form-data((?:;[^\r\n]*)?)$/im.exec(head) ?? []
  const [, name] = /;\s*name="([^"\r\n]*)"/i.exec(disposition ?? '') ?? []
  if (name === undefined) throw new MalformedInput('the form has a part without a name')
  return { name, isFile: /;\s*filename\*?=/i.test(disposition ?? '') }
}

function decode(bytes: Buffer): string {
  try {
    return UTF_8.decode(bytes)
  } catch (error) {
    throw new MalformedInput('the form is not in UTF-8', { cause: error })
  }
}
