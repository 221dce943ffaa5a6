import { z } from 'zod'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import {
  parseForeignHash,
  textOfAspNetIdentity,
  textOfBetterAuth,
  textOfDigest,
  textOfFirebaseScrypt,
  textOfPbkdf2,
} from '../../platform/foreign-hash/index.ts'
import { describeIssues } from './describe-issues.ts'

/** As it is stored, and what made it. */
export interface ImportedHash {
  readonly text: string
  readonly algorithm: string
}

const base64 = z.base64('must be base64')
const hex = z.string().regex(/^([0-9a-f]{2})+$/i, 'must be hexadecimal')

/** Hashes whose text does not say how they were made. */
const hashInParts = z.discriminatedUnion('algorithm', [
  z.strictObject({ algorithm: z.literal('better_auth'), hash: z.string() }),
  z.strictObject({ algorithm: z.literal('aspnet_identity'), hash: z.string() }),
  z.strictObject({
    algorithm: z.literal('firebase_scrypt'),
    hash: z.string(),
    salt: z.string(),
    signer_key: z.string(),
    salt_separator: z.string(),
    rounds: z.int(),
    memory_cost: z.int(),
  }),
  z.strictObject({ algorithm: z.literal('pbkdf2'), digest: z.enum(['sha1', 'sha256', 'sha512']), iterations: z.int(), salt: base64, hash: base64 }),
  z.strictObject({
    algorithm: z.enum(['md5', 'sha1', 'sha256', 'sha512']),
    hash: hex,
    salt: z.string().min(1).optional(),
    salt_encoding: z.enum(['text', 'hex', 'base64']).optional(),
    salt_position: z.enum(['before', 'after']).optional(),
  }),
])

/**
 * A hash as text, or as an object for those whose text does not say how they were made; checked as it will be checked
 * before it is verified.
 */
export function parsePasswordHash(given: string | Readonly<Record<string, unknown>>): Result<ImportedHash, readonly string[]> {
  const text = typeof given === 'string' ? succeed(given) : textOf(given)
  if (!text.ok) return text
  const parsed = parseForeignHash(text.value)
  return parsed.ok ? succeed({ text: text.value, algorithm: parsed.hash.algorithm }) : fail([`password_hash: the hash ${parsed.reason}`])
}

function textOf(given: Readonly<Record<string, unknown>>): Result<string, readonly string[]> {
  const parsed = hashInParts.safeParse(given)
  if (!parsed.success) return fail(describeIssues(parsed.error, 'password_hash'))
  const parts = parsed.data
  switch (parts.algorithm) {
    case 'better_auth':
      return orFail(textOfBetterAuth(parts.hash), 'salt:key in hexadecimal, as Better Auth writes it')
    case 'aspnet_identity':
      return orFail(textOfAspNetIdentity(parts.hash), 'a hash of ASP.NET Core Identity, version 2 or 3')
    case 'firebase_scrypt':
      return succeed(textOfFirebaseScrypt({ ...parts, signerKey: parts.signer_key, saltSeparator: parts.salt_separator, memoryCost: parts.memory_cost }))
    case 'pbkdf2':
      return succeed(textOfPbkdf2({ ...parts, salt: Buffer.from(parts.salt, 'base64'), hash: Buffer.from(parts.hash, 'base64') }))
    case 'md5':
    case 'sha1':
    case 'sha256':
    case 'sha512':
      return textOfSaltedDigest(parts)
  }
}

type SaltedDigest = Extract<z.infer<typeof hashInParts>, { algorithm: 'md5' | 'sha1' | 'sha256' | 'sha512' }>

function textOfSaltedDigest(parts: SaltedDigest): Result<string, readonly string[]> {
  const { algorithm: digest, salt = '', salt_encoding: encoding = 'text', salt_position: position } = parts
  if ((salt === '') !== (position === undefined)) return fail(['password_hash: salt and salt_position belong together'])
  const saltBytes = encoding === 'text' ? Buffer.from(salt) : Buffer.from(salt, encoding)
  const isExact = encoding === 'text' || (encoding === 'hex' ? hex : base64).safeParse(salt).success
  if (salt !== '' && !isExact) return fail([`password_hash.salt: must be ${encoding}`])
  return succeed(textOfDigest({ digest, hash: Buffer.from(parts.hash, 'hex'), salt: saltBytes, saltPosition: position ?? 'none' }))
}

function orFail(text: string | undefined, expected: string): Result<string, readonly string[]> {
  return text === undefined ? fail([`password_hash.hash: is not ${expected}`]) : succeed(text)
}
