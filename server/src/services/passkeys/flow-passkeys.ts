import type { Requester } from '../../domain/requester.ts'
import { describeDevice } from '../../domain/describe-device.ts'
import type { PasskeyId, TenantId, UserId } from '../../domain/ids.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { NewPasskey } from '../../flow/index.ts'
import type { Database, Writer } from '../../persistence/index.ts'
import { findPasskeyByCredential, insertPasskey, listPasskeys } from '../../persistence/queries/authenticator-passkey.ts'
import { findUserHandle, insertUserHandle } from '../../persistence/queries/webauthn-user-handle.ts'
import { lockUserForChange } from '../../persistence/queries/user-account.ts'
import type { Clock } from '../../platform/clock.ts'
import { sha256 } from '../../platform/digest.ts'
import type { Random } from '../../platform/random.ts'
import { newId, newSecret } from '../../platform/random.ts'
import type { WebAuthn } from '../../protocols/webauthn.ts'
import type { Events } from '../events/index.ts'
import type { Limits } from '../limits/index.ts'
import { addressKey } from '../limits/index.ts'
import type { Settings } from '../settings/index.ts'
import type { Ceremonies } from './ceremony.ts'
import { describeCredential } from './describe-credential.ts'
import type { Passkeys } from './passkey-types.ts'

/** Where the browser cannot be told. */
const DEFAULT_NAME = 'Passkey'

/**
 * Passkeys inside a flow: shown as its second factor, or made at its end. Ceremonies are bound to the flow, so that the
 * answer to one is noise in another. Nothing is written before the answer is there.
 */
export function createFlowPasskeys(deps: { database: Database; clock: Clock; random: Random; limits: Limits; events: Events; webauthn: WebAuthn; ceremonies: Ceremonies; settings: Pick<Settings, 'branding'> }): Passkeys['inFlow'] {
  const { database, clock, random, limits, events, webauthn, ceremonies, settings } = deps

  return {
    async beginSecondFactor({ flowId, userId, requester }) {
      const refused = await limits.take('passkey_ceremonies_per_address', addressKey(requester.ip))
      if (refused) return fail({ code: 'rate_limited', ...refused })
      const { challenge, ...begun } = ceremonies.begin('second_factor', flowId)
      const allowed = userId === null ? [] : (await listPasskeys(database.read, userId)).map(describeCredential)
      return succeed({ ...begun, options: webauthn.requestOptions({ challenge, allowed }) })
    },

    async beginPrompt({ flowId, userId, requester }, userName) {
      const refused = await limits.take('passkey_ceremonies_per_address', addressKey(requester.ip))
      if (refused) return fail({ code: 'rate_limited', ...refused })
      // An account keeps its handle for good; one that is about to be made gets this one with its first passkey.
      const userHandle = (userId === null ? undefined : await findUserHandle(database.read, userId)) ?? newSecret(random)
      const { challenge, ...begun } = ceremonies.begin('prompt', flowId, userHandle)
      const known = userId === null ? [] : (await listPasskeys(database.read, userId)).map(describeCredential)
      const { name: relyingPartyName } = await settings.branding()
      return succeed({ ...begun, options: webauthn.creationOptions({ challenge, relyingPartyName, userHandle, userName, displayName: userName, known }) })
    },

    async verifyNew(tx, given, { tenantId, flowId }) {
      const begun = await ceremonies.spendWithHandle(tx, { purpose: 'prompt', binding: flowId, tenantId }, given.ceremony)
      const verified = begun && (await webauthn.verifyRegistration(given.credential, begun.challenge))
      // A device leaves out what it was told it has; whoever sends a known credential made it up.
      const isKnown = verified && (await findPasskeyByCredential(tx, tenantId, sha256(verified.credentialId))) !== undefined
      return verified && isKnown !== true ? { ...verified, userHandle: begun.userHandle } : undefined
    },

    async add(tx: Writer, user: { tenantId: TenantId; userId: UserId }, made: NewPasskey, requester: Requester) {
      await lockUserForChange(tx, user.userId)
      const handle = await findUserHandle(tx, user.userId)
      if (handle === undefined) await insertUserHandle(tx, { ...user, handle: made.userHandle })
      const { browser, system } = describeDevice(requester.userAgent)
      const id = newId<PasskeyId>(clock, random)
      await insertPasskey(tx, {
        id,
        tenant_id: user.tenantId,
        user_id: user.userId,
        credential_id: made.credentialId,
        credential_id_hash: sha256(made.credentialId),
        public_key: made.publicKey,
        sign_count: made.signCount,
        transports: made.transports.join(' '),
        aaguid: made.aaguid,
        is_backup_eligible: made.isBackupEligible ? 1 : 0,
        is_backed_up: made.isBackedUp ? 1 : 0,
        name: [browser, system].filter((one) => one !== undefined).join(', ') || DEFAULT_NAME,
        created_at: clock.now(),
        last_used_at: null,
      })
      await events.record(tx, { type: 'passkey.created', ...user, requester, data: { passkey_id: id, aaguid: made.aaguid } })
    },
  }
}
