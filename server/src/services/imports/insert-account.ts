import type { IdentityId, TenantId, UserId } from '../../domain/ids.ts'
import type { Username } from '../../domain/username.ts'
import { suggestUsername, USERNAME_SUFFIX_DIGITS } from '../../domain/username.ts'
import type { Writer } from '../../persistence/index.ts'
import { insertUnlessTaken } from '../../persistence/index.ts'
import { putPasswordHash } from '../../persistence/queries/authenticator-password.ts'
import { findIdentity, insertIdentity } from '../../persistence/queries/identity.ts'
import { insertRequiredChanges } from '../../persistence/queries/required-password-change.ts'
import { insertUser } from '../../persistence/queries/user-account.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Random } from '../../platform/random.ts'
import { newDigits, newId } from '../../platform/random.ts'
import type { Events } from '../events/index.ts'
import type { ImportedUser } from './parse-import-line.ts'

export type InsertOutcome = 'imported' | 'email_taken' | 'username_taken'

/** A thousand people called "info" still find a free name. */
const USERNAME_TRIES = 20

export function createAccountInsertion(deps: { clock: Clock; random: Random; events: Events; tenantId: TenantId }) {
  const { clock, random, events, tenantId } = deps

  /** Makes one account with its identities, its hash and its event, or nothing of it when a name is taken. */
  return async function insertAccount(tx: Writer, user: ImportedUser): Promise<InsertOutcome> {
    if (await findIdentity(tx, tenantId, 'email', user.email.key)) return 'email_taken'
    for (let tries = 0; tries < USERNAME_TRIES; tries += 1) {
      const username = user.username ?? suggestUsername(user.email.key, newDigits(random, USERNAME_SUFFIX_DIGITS))
      if (await insertUnlessTaken(tx, () => insertAll(tx, user, username))) return 'imported'
      // Somebody signed up meanwhile.
      if (await findIdentity(tx, tenantId, 'email', user.email.key)) return 'email_taken'
      if (user.username) return 'username_taken'
    }
    return 'username_taken'
  }

  async function insertAll(tx: Writer, user: ImportedUser, username: Username): Promise<void> {
    const at = clock.now()
    const userId = newId<UserId>(clock, random)
    const identity = () => ({ id: newId<IdentityId>(clock, random), tenantId, userId, at })
    await insertUser(tx, { id: userId, tenantId, at, displayName: user.displayName, createdAt: user.createdAt ?? at })
    await insertIdentity(tx, { ...identity(), kind: 'email', ...user.email, verifiedAt: user.isEmailVerified ? at : null })
    await insertIdentity(tx, { ...identity(), kind: 'username', ...username, verifiedAt: null })
    if (user.hash) await putPasswordHash(tx, { userId, tenantId, hash: user.hash.text, at })
    if (user.mustChangePassword) await insertRequiredChanges(tx, tenantId, [userId], at)
    const data = { is_email_verified: user.isEmailVerified, password_algorithm: user.hash?.algorithm ?? null, ...(user.mustChangePassword ? { must_change_password: true } : {}) }
    await events.record(tx, { type: 'user.imported', tenantId, actorUserId: null, userId, data })
  }
}
