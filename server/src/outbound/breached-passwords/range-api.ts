import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { BreachCheckFailure } from './breach-check-failure.ts'

/** Somebody waits for the page meanwhile. */
export const RANGE_TIMEOUT_MS = 2_000
/** A padded answer has about 1,000 lines of 40 characters; this is several times as many. */
export const RANGE_MAX_BYTES = 512 * 1_024
const PREFIX_DIGITS = 5
const LINE = /^([0-9A-F]{35}):(\d{1,12})$/

/**
 * The range API of Have I Been Pwned, version 3, or a mirror of it: `GET /range/{five digits}` answers the other 35 of every
 * known hash that begins so, with how often it was seen. `Add-Padding` mixes in lines with the count 0, so that the length of
 * the answer does not tell which prefix was asked. The address is the deployment's own (an environment variable), so it may
 * be a private one; a redirect to another is not followed.
 */
export async function askRangeApi(baseUrl: string, digest: string): Promise<Result<boolean, BreachCheckFailure>> {
  const [prefix, suffix] = [digest.slice(0, PREFIX_DIGITS), digest.slice(PREFIX_DIGITS)]
  try {
    const answer = await fetch(`${baseUrl}/range/${prefix}`, {
      headers: { 'add-padding': 'true', accept: 'text/plain', 'user-agent': 'gatepost' },
      redirect: 'error',
      signal: AbortSignal.timeout(RANGE_TIMEOUT_MS),
    })
    if (answer.status !== 200) {
      await answer.body?.cancel()
      return fail('bad_status')
    }
    const text = await readBounded(answer)
    return text === undefined ? fail('bad_answer') : findSuffix(text, suffix)
  } catch (error) {
    return fail(error instanceof DOMException && error.name === 'TimeoutError' ? 'timeout' : 'unreachable')
  }
}

/** Undefined when there is more than anybody would send in earnest. */
async function readBounded(answer: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > RANGE_MAX_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('latin1')
}

/** Every line is read: one that is none of this format means that something else answered, and then nothing is known. */
function findSuffix(text: string, suffix: string): Result<boolean, BreachCheckFailure> {
  const lines = text.split('\n').map((line) => line.trim().toUpperCase()).filter((line) => line !== '')
  let isFound = false
  for (const line of lines) {
    const [, digits, count] = LINE.exec(line) ?? []
    if (digits === undefined) return fail('bad_answer')
    // A line of padding stands for no password.
    if (digits === suffix && Number(count) > 0) isFound = true
  }
  return lines.length === 0 ? fail('bad_answer') : succeed(isFound)
}
