import { z } from 'zod'
import type { EmailAddress } from '../../domain/email.ts'
import { parseEmail } from '../../domain/email.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import { parseStrictJson } from '../../domain/strict-json.ts'
import type { Username } from '../../domain/username.ts'
import { parseUsername } from '../../domain/username.ts'
import { parseDisplayName } from '../accounts/index.ts'
import { describeIssues } from './describe-issues.ts'
import type { ImportedHash } from './parse-password-hash.ts'
import { parsePasswordHash } from './parse-password-hash.ts'

/** What a line says, understood. */
export interface ImportedUser {
  readonly email: EmailAddress
  readonly isEmailVerified: boolean
  readonly username: Username | undefined
  readonly displayName: string | null
  readonly hash: ImportedHash | undefined
  /** Asked for another password at the first sign-in. */
  readonly mustChangePassword: boolean
  readonly createdAt: number | undefined
}

const lineSchema = z.strictObject({
  email: z.string(),
  email_verified: z.boolean(),
  username: z.string().optional(),
  display_name: z.string().optional(),
  password_hash: z.union([z.string(), z.record(z.string(), z.unknown())], 'must be a text or an object').optional(),
  must_change_password: z.boolean().optional(),
  created_at: z.iso.datetime({ offset: true, error: 'must be an instant such as 2024-05-01T12:00:00Z' }).optional(),
})

const BAD_USERNAME = 'username: must be 3 to 30 of A-Z a-z 0-9 _ - and not reserved'
const BAD_DISPLAY_NAME = 'display_name: is too long or holds control characters'

/** A line of an import file, or everything that is wrong with it. `now`: milliseconds UTC. */
export function parseImportLine(text: string, now: number): Result<ImportedUser, readonly string[]> {
  let json: unknown
  try {
    json = parseStrictJson(text)
  } catch (error) {
    // What JSON.parse says would repeat a part of the line.
    const isOurs = error instanceof SyntaxError && /^a (reserved )?key is given/.test(error.message)
    return fail([isOurs ? error.message : 'this is not JSON'])
  }
  const shape = lineSchema.safeParse(json)
  if (!shape.success) return fail(describeIssues(shape.error))
  const given = shape.data

  const problems: string[] = []
  const take = <Value>(parsed: Result<Value, readonly string[]>): Value | undefined => {
    if (parsed.ok) return parsed.value
    problems.push(...parsed.failure)
    return undefined
  }
  const named = <Value>(parsed: Result<Value, unknown>, reason: string): Result<Value, readonly string[]> => (parsed.ok ? parsed : fail([reason]))
  const email = take(named(parseEmail(given.email), 'email: is not an email address'))
  const username = given.username === undefined ? undefined : take(named(parseUsername(given.username), BAD_USERNAME))
  const displayName = given.display_name === undefined ? null : take(named(parseDisplayName(given.display_name), BAD_DISPLAY_NAME))
  const hash = given.password_hash === undefined ? undefined : take(parsePasswordHash(given.password_hash))
  const createdAt = given.created_at === undefined ? undefined : Date.parse(given.created_at)
  if (createdAt !== undefined && !(createdAt >= 0 && createdAt <= now)) problems.push('created_at: must lie between 1970 and now')
  const mustChangePassword = given.must_change_password ?? false
  if (mustChangePassword && given.password_hash === undefined) problems.push('must_change_password: there is no password_hash')
  if (!email || problems.length > 0) return fail(problems)
  return succeed({ email, isEmailVerified: given.email_verified, username, displayName: displayName ?? null, hash, mustChangePassword, createdAt })
}
