import { closeSync, openSync, readSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { BreachCheckFailure } from './breach-check-failure.ts'

const LINE = /^([0-9A-F]{40}):(\d{1,12})$/i
/** Longer than any line: 40 digits, a colon, a count, an end of line. */
const LINE_MAX_BYTES = 64
/** Below this distance the rest is read at once. */
const BLOCK_BYTES = 4_096

/**
 * Looks a SHA-1 (40 hexadecimal digits, upper case) up in a file of lines `HASH:COUNT` sorted by hash, as the downloader of
 * Have I Been Pwned writes it: halving, with some thirty reads of a few bytes for forty gigabytes; nothing of it is kept in
 * memory. The file is opened for each look-up, so a newer one is moved into its place without a restart.
 */
export async function searchHashFile(path: string, digest: string): Promise<Result<boolean, BreachCheckFailure>> {
  let file: FileHandle | undefined
  try {
    file = await open(path, 'r')
    return await search(file, (await file.stat()).size, digest)
  } catch {
    return fail('unreadable_file')
  } finally {
    await file?.close().catch(() => undefined)
  }
}

async function search(file: FileHandle, size: number, digest: string): Promise<Result<boolean, BreachCheckFailure>> {
  // The line of the digest, if there is one, begins at `low` or later and before `high`.
  let low = 0
  let high = size
  while (high - low > BLOCK_BYTES) {
    const middle = low + Math.floor((high - low) / 2)
    const text = await read(file, middle, 2 * LINE_MAX_BYTES)
    const begin = text.indexOf('\n') + 1
    const end = text.indexOf('\n', begin)
    const line = begin > 0 && end > 0 ? LINE.exec(text.slice(begin, end).trimEnd()) : null
    if (!line) return fail('bad_file')
    const found = line[1]!.toUpperCase()
    if (found === digest) return succeed(Number(line[2]) > 0)
    if (found < digest) low = middle + end + 1
    else high = middle + begin
  }
  const rest = await read(file, low, high - low + LINE_MAX_BYTES)
  const line = rest.split('\n').find((one) => one.slice(0, digest.length).toUpperCase() === digest)
  const parsed = line === undefined ? undefined : LINE.exec(line.trimEnd())
  if (parsed === null || !LINE.test(rest.split('\n', 1)[0]!.trimEnd())) return fail('bad_file')
  return succeed(parsed !== undefined && Number(parsed[2]) > 0)
}

async function read(file: FileHandle, position: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.toString('latin1', 0, bytesRead)
}

/** What is wrong with the file, told from its beginning; undefined when it can be used. For a check at start. */
export function findHashFileProblem(path: string): 'unreadable' | 'not_hashes' | undefined {
  try {
    const file = openSync(path, 'r')
    try {
      const buffer = Buffer.alloc(LINE_MAX_BYTES)
      const first = buffer.toString('latin1', 0, readSync(file, buffer, 0, LINE_MAX_BYTES, 0)).split('\n', 1)[0]!
      return LINE.test(first.trimEnd()) ? undefined : 'not_hashes'
    } finally {
      closeSync(file)
    }
  } catch {
    return 'unreadable'
  }
}
