import type { TenantId, UserId } from '../../domain/ids.ts'
import type { PasswordProblem } from '../../domain/password-rules.ts'
import { findPasswordProblems, normalisePassword, PASSWORD_MAX_BYTES } from '../../domain/password-rules.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { Database } from '../../persistence/index.ts'
import { findPasswordHash, replacePasswordHash } from '../../persistence/queries/authenticator-password.ts'
import type { PasswordHasher } from '../../platform/password-hash.ts'
import type { Events } from '../events/index.ts'
import type { Settings } from '../settings/index.ts'
import { isCommonPassword } from './common-passwords.ts'

export interface Passwords {
  /** The hash of an acceptable password, or what is wrong with it. */
  hashNew(password: string, identifiers: readonly string[]): Promise<Result<string, readonly PasswordProblem[]>>
  /**
   * The stored hash that the password matches, hashed anew first when its parameters are not today's or another system made
   * it. Costs the same for a stranger (`userId` null) and for an account without a password.
   */
  findMatch(tenantId: TenantId, userId: UserId | null, password: string): Promise<string | undefined>
  /** Throws `Unavailable` when no further password can be hashed in time. */
  expectRoom(): void
}

export function createPasswords(deps: { database: Database; hasher: PasswordHasher; events: Events; settings: Pick<Settings, 'branding'> }): Passwords {
  const { database, hasher, events, settings } = deps

  async function rehash(tenantId: TenantId, userId: UserId, from: string, password: string): Promise<string | undefined> {
    const to = await hasher.hash(password)
    return database.transaction(async (tx) => {
      if (!(await replacePasswordHash(tx, userId, from, to))) return undefined
      await events.record(tx, { type: 'password.rehashed', tenantId, userId })
      return to
    })
  }

  /** Of sign-ins at once one hashes anew; the others ask what it left behind. */
  async function findMatchOf(userId: UserId, normalised: string): Promise<string | undefined> {
    const stored = await findPasswordHash(database.read, userId)
    return stored !== undefined && (await hasher.verify(stored, normalised)).matches ? stored : undefined
  }

  /**
   * Other systems hashed what was typed, few of them a normalised form of it. A wrong guess at a foreign hash pays for one
   * of ours besides, as the right one does for the new hash: a cheap foreign hash does not answer sooner than no account.
   * A costly one answers later, until its owner's first sign-in.
   */
  async function verifyEither(stored: string, { typed, normalised }: { typed: string; normalised: string }) {
    const asNormalised = await hasher.verify(stored, normalised)
    if (asNormalised.matches || !asNormalised.isForeign) return asNormalised
    const asTyped = typed === normalised || !isHashableText(typed) ? asNormalised : await hasher.verify(stored, typed)
    if (!asTyped.matches) await hasher.verifyNothing(normalised)
    return asTyped
  }

  return {
    expectRoom: hasher.expectRoom,
    async hashNew(password, identifiers) {
      const { name } = await settings.branding()
      const problems = findPasswordProblems(password, { identifiers: [...identifiers, name], isCommon: isCommonPassword })
      return problems.length > 0 ? fail(problems) : succeed(await hasher.hash(normalisePassword(password)))
    },
    async findMatch(tenantId, userId, password) {
      const normalised = normalisePassword(password)
      const isHashable = isHashableText(normalised)
      const stored = userId === null ? undefined : await findPasswordHash(database.read, userId)
      if (userId === null || stored === undefined || !isHashable) {
        await hasher.verifyNothing(isHashable ? normalised : '')
        return undefined
      }
      const { matches, needsRehash } = await verifyEither(stored, { typed: password, normalised })
      if (!matches || !needsRehash) return matches ? stored : undefined
      return (await rehash(tenantId, userId, stored, normalised)) ?? findMatchOf(userId, normalised)
    },
  }
}

/** No password can be set that is longer, holds NUL or is no text; C libraries would stop reading at the NUL. */
function isHashableText(text: string): boolean {
  return Buffer.byteLength(text) <= PASSWORD_MAX_BYTES && text.isWellFormed() && !text.includes('\u0000')
}
