import type { Kysely } from 'kysely'
import type { UserId } from '../../domain/ids.ts'
import { isMailboxCounted, isPasskeyCounted, isPhoneCounted } from '../../flow/index.ts'
import type { Policy } from '../../flow/index.ts'
import { hasAnyPasskey } from '../../persistence/queries/authenticator-passkey.ts'
import { hasTotp } from '../../persistence/queries/authenticator-totp.ts'
import { listPhones } from '../../persistence/queries/phone-identity.ts'
import type { Schema } from '../../persistence/schema.ts'

/** Whether an account has a second factor that proofs with these references (RFC 8176) did not show. `at` in milliseconds UTC. */
export async function hasUnprovenFactor(
  db: Kysely<Schema>,
  user: { readonly id: UserId; readonly emailVerifiedAt: number | null },
  amr: readonly string[],
  { policy, at }: { policy: Policy; at: number },
): Promise<boolean> {
  if (amr.includes('mfa') || policy.secondFactor.mode === 'off') return false
  // Who came in by an emailed code already showed the mailbox, and has nothing further to show by it.
  const hasShownPhone = amr.includes('sms')
  if (isMailboxCounted(policy, user.emailVerifiedAt) && (hasShownPhone || !amr.includes('otp'))) return true
  // The same for the telephone, of which one was shown.
  if (isPhoneCounted(policy) && (await listPhones(db, user.id)).length > (hasShownPhone ? 1 : 0)) return true
  return (await hasTotp(db, user.id)) || (isPasskeyCounted(policy, at) && (await hasAnyPasskey(db, user.id)))
}
