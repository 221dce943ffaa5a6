import type { Transaction } from 'kysely'
import type { TenantId, UserId } from '../../domain/ids.ts'
import type { PasswordProblem, PasswordRules } from '../../domain/password-rules.ts'
import { NOBODY_ID } from '../../domain/ids.ts'
import { findPasswordProblems, normalisePassword, PASSWORD_MAX_BYTES } from '../../domain/password-rules.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { Database } from '../../persistence/index.ts'
import type { BreachedPasswords } from '../../outbound/breached-passwords/breached-passwords.ts'
import type { StoredPassword } from '../../persistence/queries/authenticator-password.ts'
import { findPassword, findPasswordHash, putPasswordHash, replacePasswordHash } from '../../persistence/queries/authenticator-password.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Logger } from '../../platform/logger.ts'
import type { PasswordHasher } from '../../platform/password-hash.ts'
import type { Random } from '../../platform/random.ts'
import type { Events } from '../events/index.ts'
import { createBreachCheck } from './breach-check.ts'
import type { Settings } from '../settings/index.ts'
import { isCommonPassword } from './common-passwords.ts'
import type { Earlier } from './former-passwords.ts'
import { createFormerPasswords } from './former-passwords.ts'

export interface Passwords {
  /**
   * The hash of an acceptable password, or what is wrong with it. Looks stolen passwords up outside of any transaction and
   * lane; costs one hash, and up to `rules.history` verifications where earlier passwords count.
   */
  hashNew(password: string, wanted: NewPassword): Promise<Result<HashedPassword, readonly PasswordProblem[]>>
  /**
   * The stored password that this one matches, hashed anew first when its parameters are not today's or another system made
   * it. Costs the same for a stranger (`userId` null) and for an account without a password.
   */
  findMatch(tenantId: TenantId, userId: UserId | null, password: string): Promise<StoredPassword | undefined>
  /** Puts a hash in the place of the former one, which is remembered where the rules want that. */
  replace(tx: Transaction<Schema>, password: { tenantId: TenantId; userId: UserId; hash: string; rules: PasswordRules; at: number }): Promise<void>
  /** Throws `Unavailable` when no further password can be hashed in time. */
  expectRoom(): void
}

export interface NewPassword {
  readonly tenantId: TenantId
  readonly rules: PasswordRules
  /** What others know of the person. */
  readonly identifiers: readonly string[]
  /** Whose former passwords count; absent for an account that is being made. */
  readonly earlier?: Earlier
}

export interface HashedPassword {
  readonly hash: string
  /** Set where it may not be told yet; an owner who may know is refused instead. */
  readonly wasUsedBefore: boolean
}

export function createPasswords(deps: {
  database: Database
  clock: Clock
  random: Random
  hasher: PasswordHasher
  events: Events
  logger: Logger
  breached: BreachedPasswords
  settings: Pick<Settings, 'branding'>
}): Passwords {
  const { database, hasher, events, settings } = deps
  const checkBreach = createBreachCheck(deps)
  const former = createFormerPasswords(deps)

  async function rehash(tenantId: TenantId, userId: UserId, from: string, password: string): Promise<string | undefined> {
    const to = await hasher.hash(password)
    return database.transaction(async (tx) => {
      if (!(await replacePasswordHash(tx, userId, from, to))) return undefined
      await events.record(tx, { type: 'password.rehashed', tenantId, userId })
      return to
    })
  }

  /** Of sign-ins at once one hashes anew; the others ask what it left behind. */
  async function findMatchOf(userId: UserId, normalised: string): Promise<StoredPassword | undefined> {
    const stored = await findPassword(database.read, userId)
    return stored !== undefined && (await hasher.verify(stored.hash, normalised)).matches ? stored : undefined
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
    async hashNew(password, { tenantId, rules, identifiers, earlier }) {
      const { name } = await settings.branding()
      const problems = findPasswordProblems(password, { identifiers: [...identifiers, name], isCommon: isCommonPassword, rules })
      if (problems.length > 0) return fail(problems)
      const normalised = normalisePassword(password)
      const breach = await checkBreach(normalised, tenantId, rules)
      if (breach) return fail([breach])
      const wasUsedBefore = earlier !== undefined && (await former.include(normalised, earlier, rules))
      if (wasUsedBefore && !earlier.isToldLater) return fail(['used_before'])
      return succeed({ hash: await hasher.hash(normalised), wasUsedBefore })
    },
    async findMatch(tenantId, userId, password) {
      const normalised = normalisePassword(password)
      const isHashable = isHashableText(normalised)
      // Asked for a stranger too: a question that only accounts cost would tell them apart.
      const stored = await findPassword(database.read, userId ?? NOBODY_ID)
      if (userId === null || stored === undefined || !isHashable) {
        await hasher.verifyNothing(isHashable ? normalised : '')
        return undefined
      }
      const { matches, needsRehash } = await verifyEither(stored.hash, { typed: password, normalised })
      if (!matches || !needsRehash) return matches ? stored : undefined
      const rehashed = await rehash(tenantId, userId, stored.hash, normalised)
      return rehashed === undefined ? findMatchOf(userId, normalised) : { ...stored, hash: rehashed }
    },
    async replace(tx, { tenantId, userId, hash, rules, at }) {
      await former.remember(tx, { tenantId, userId, current: await findPasswordHash(tx, userId), at }, rules)
      await putPasswordHash(tx, { userId, tenantId, hash, at })
    },
  }
}

/** No password can be set that is longer, holds NUL or is no text; C libraries would stop reading at the NUL. */
function isHashableText(text: string): boolean {
  return Buffer.byteLength(text) <= PASSWORD_MAX_BYTES && text.isWellFormed() && !text.includes('\u0000')
}
