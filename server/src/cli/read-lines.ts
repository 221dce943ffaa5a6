import { createReadStream } from 'node:fs'
import type { ImportLine } from '../services/imports/index.ts'

/** More than a user needs; whoever writes one line of a gigabyte does not fill the memory with it. */
const MAX_LINE_BYTES = 16_384
const LINE_FEED = 0x0a

/** The lines of a UTF-8 file, read as a stream. A line that is too long or no UTF-8 has a problem in place of its text. */
export async function* readLines(path: string): AsyncGenerator<ImportLine> {
  let parts: Buffer[] = []
  let length = 0
  let number = 0
  const keep = (part: Buffer) => {
    length += part.length
    if (length <= MAX_LINE_BYTES) parts.push(part)
  }
  const take = (): ImportLine => {
    number += 1
    const line = length > MAX_LINE_BYTES ? { problem: `the line is longer than ${MAX_LINE_BYTES} bytes` } : decode(Buffer.concat(parts))
    parts = []
    length = 0
    return { number, content: line }
  }
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      keep(chunk.subarray(start, end))
      yield take()
      start = end + 1
    }
    keep(chunk.subarray(start))
  }
  if (length > 0) yield take()
}

/** A byte order mark is left out, anything that is no UTF-8 is not guessed at. */
function decode(bytes: Buffer): ImportLine['content'] {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { problem: 'the line is not UTF-8' }
  }
}
