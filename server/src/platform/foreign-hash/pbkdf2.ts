import { pbkdf2 as deriveWithCallback } from 'node:crypto'
import { promisify } from 'node:util'
import { hasUsualLengths, PBKDF2_MAX_ITERATIONS } from './bounds.ts'
import { decodeAdaptedBase64, decodeBase64, equalBytes, parseCount } from './encodings.ts'
import type { HashFormat, ParsedForeignHash } from './foreign-hash.ts'
import { refuse } from './foreign-hash.ts'

const derive = promisify(deriveWithCallback)

/** `$pbkdf2-sha256$i=600000,l=32$salt$hash` (PHC) and `$pbkdf2-sha256$29000$salt$hash` (Passlib, whose SHA-1 has no name). */
const PHC_OR_PASSLIB = /^\$pbkdf2(?:-(sha1|sha256|sha512))?\$(?:i=)?(\d+)(?:,l=(\d+))?\$([^$]+)\$([^$]+)$/
/** `pbkdf2_sha256$600000$salt$hash`; the salt is text. */
const DJANGO = /^pbkdf2_(sha1|sha256)\$(\d+)\$([^$]+)\$([^$]+)$/

export const pbkdf2: HashFormat = {
  recognises: (text) => text.startsWith('$pbkdf2'),
  parse(text) {
    const [, digest = 'sha1', iterations, length, salt = '', hash = ''] = PHC_OR_PASSLIB.exec(text) ?? []
    const expected = decodeAdaptedBase64(hash)
    if (length !== undefined && Number(length) !== expected?.length) return refuse('has another length than it says')
    return parseParts(digest, parseCount(iterations), decodeAdaptedBase64(salt), expected)
  },
}

export const djangoPbkdf2: HashFormat = {
  recognises: (text) => text.startsWith('pbkdf2_'),
  parse(text) {
    const [, digest = '', iterations, salt = '', hash = ''] = DJANGO.exec(text) ?? []
    return parseParts(digest, parseCount(iterations), Buffer.from(salt), decodeBase64(hash))
  },
}

function parseParts(digest: string, iterations: number | undefined, salt: Buffer | undefined, expected: Buffer | undefined): ParsedForeignHash {
  if (iterations === undefined || iterations < 1 || !salt || !expected) return refuse('is not a complete PBKDF2 hash with SHA-1, SHA-256 or SHA-512')
  if (!hasUsualLengths(salt, expected)) return refuse('has a salt or a length that PBKDF2 hashes do not have')
  if (iterations > PBKDF2_MAX_ITERATIONS) return refuse(`asks for ${iterations} iterations, more than ${PBKDF2_MAX_ITERATIONS}`)
  return {
    ok: true,
    hash: {
      algorithm: `pbkdf2-${digest}`,
      verify: async (password) => equalBytes(await derive(Buffer.from(password), salt, iterations, expected.length, digest), expected),
    },
  }
}
