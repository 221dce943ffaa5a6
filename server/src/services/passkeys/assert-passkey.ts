import type { Transaction } from 'kysely'
import type { TenantId } from '../../domain/ids.ts'
import type { PasskeyRecord } from '../../persistence/queries/authenticator-passkey.ts'
import { findPasskeyByCredential, markPasskeyUsed } from '../../persistence/queries/authenticator-passkey.ts'
import { lockUser } from '../../persistence/queries/user-account.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import { sha256 } from '../../platform/digest.ts'
import type { Assertion, VerifiedAssertion, WebAuthn } from '../../protocols/webauthn.ts'
import type { Events } from '../events/index.ts'
import type { Ceremonies } from './ceremony.ts'
import type { Passkeys } from './passkey-types.ts'

type Found = PasskeyRecord & { userHandle: string }

/** Whether an assertion is right, told and kept in the caller's transaction. */
export function createAssertion(deps: { clock: Clock; events: Events; webauthn: WebAuthn; ceremonies: Ceremonies }): Passkeys['assert'] {
  const { clock, events, webauthn, ceremonies } = deps

  return async function assert(tx, given, expected) {
    const { tenantId, requester } = expected
    const challenge = await ceremonies.spend(tx, expected, given.ceremony)
    const assertion = challenge === undefined ? undefined : webauthn.parseAssertion(given.credential)
    const found = assertion && (await findPasskey(tx, tenantId, assertion))
    const verified = assertion && found && challenge !== undefined ? await verify(assertion, challenge, found) : undefined
    const isKept = found && verified ? await keepUse(tx, found, verified) : false
    if (found && isKept) return { passkeyId: found.id, userId: found.user_id, amr: amrOf(found) }
    const about = { tenantId, userId: found?.user_id ?? null, requester }
    // The credential's own key signed, so that the counter is what is wrong (section 6.1.1).
    if (found && verified) await events.record(tx, { type: 'passkey.clone_suspected', ...about, data: { passkey_id: found.id } })
    await events.record(tx, { type: 'authentication.failed', ...about, data: { authentication: 'primary_passkey' } })
    return undefined
  }

  /** Under the lock of its account, so that a removal comes before or after, not in between. */
  async function findPasskey(tx: Transaction<Schema>, tenantId: TenantId, { credentialId, userHandle }: Assertion): Promise<Found | undefined> {
    const hash = sha256(credentialId)
    const holder = await findPasskeyByCredential(tx, tenantId, hash)
    // A discoverable credential names its account, and that must be the one it was registered for (section 7.2, step 6).
    if (!holder || holder.userHandle !== userHandle) return undefined
    await lockUser(tx, holder.user_id)
    return findPasskeyByCredential(tx, tenantId, hash)
  }

  function verify(assertion: Assertion, challenge: string, found: Found): Promise<VerifiedAssertion | undefined> {
    const { credential_id: credentialId, public_key: publicKey, is_backup_eligible: isBackupEligible } = found
    return webauthn.verifyAssertion(assertion, challenge, { credentialId, publicKey, isBackupEligible: isBackupEligible === 1 })
  }

  function keepUse(tx: Transaction<Schema>, found: Found, { signCount, isBackedUp }: VerifiedAssertion): Promise<boolean> {
    return markPasskeyUsed(tx, found.id, { signCount, isBackedUp, at: clock.now() })
  }
}

/** User verification is required of every assertion, so each proves possession and the person at once. */
function amrOf(found: Found) {
  return [found.is_backup_eligible === 1 ? 'swk' : 'hwk', 'user', 'mfa'] as const
}
