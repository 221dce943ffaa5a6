import { readHeader, type RequestHeaders } from './read-header.ts'

/** Two cookies of one name mean that somebody planted one, and which of the two is genuine cannot be told: neither counts. */
export function readSingleCookie(headers: RequestHeaders, name: string): string | undefined {
  const values = readHeader(headers, 'cookie')
    .flatMap((line) => line.split(';'))
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
  return values.length === 1 && values[0] !== '' ? values[0] : undefined
}

/** The names of all cookies that begin with the prefix. */
export function listCookieNames(headers: RequestHeaders, prefix: string): readonly string[] {
  const pairs = readHeader(headers, 'cookie').flatMap((line) => line.split(';'))
  return pairs.map((pair) => pair.split('=')[0]!.trim()).filter((name) => name.startsWith(prefix))
}
