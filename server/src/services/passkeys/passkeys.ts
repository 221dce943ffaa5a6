import { accountName } from '../../domain/account-name.ts'
import type { PasskeyId } from '../../domain/ids.ts'
import { fail, succeed } from '../../domain/result.ts'
import { languageFor } from '../../domain/mail.ts'
import type { Policy } from '../../flow/index.ts'
import { isSecondFactorRequired } from '../../flow/index.ts'
import type { Database, Writer } from '../../persistence/index.ts'
import { insertUnlessTaken } from '../../persistence/index.ts'
import type { PasskeyRecord } from '../../persistence/queries/authenticator-passkey.ts'
import { countPasskeys, deletePasskey, hasPasskey, insertPasskey, listPasskeys, renamePasskey } from '../../persistence/queries/authenticator-passkey.ts'
import { findPasswordHash } from '../../persistence/queries/authenticator-password.ts'
import { findSession } from '../../persistence/queries/session.ts'
import { findUser, lockUserForChange } from '../../persistence/queries/user-account.ts'
import { findUserHandle, insertUserHandle } from '../../persistence/queries/webauthn-user-handle.ts'
import type { Clock } from '../../platform/clock.ts'
import { sha256 } from '../../platform/digest.ts'
import type { Random } from '../../platform/random.ts'
import { newId, newSecret } from '../../platform/random.ts'
import type { Sealer } from '../../platform/sealing.ts'
import type { VerifiedRegistration } from '../../protocols/webauthn.ts'
import { createWebAuthn } from '../../protocols/webauthn.ts'
import type { Events } from '../events/index.ts'
import type { Limits } from '../limits/index.ts'
import { addressKey } from '../limits/index.ts'
import type { Outbox } from '../outbox/index.ts'
import type { RecentProof } from '../recent-proof/index.ts'
import { hasFactorBeside } from '../second-factors/index.ts'
import type { Actor, Sessions } from '../sessions/index.ts'
import type { Settings } from '../settings/index.ts'
import { createAssertion } from './assert-passkey.ts'
import { createCeremonies } from './ceremony.ts'
import { describeCredential } from './describe-credential.ts'
import { createFlowPasskeys } from './flow-passkeys.ts'
import { MAX_PASSKEYS_PER_USER } from './limits.ts'
import { hasRelyingPartyId } from './relying-party.ts'
import { parsePasskeyName } from './passkey-name.ts'
import type { Passkeys } from './passkey-types.ts'

export function createPasskeys(deps: {
  database: Database
  clock: Clock
  random: Random
  sealer: Sealer
  sessions: Sessions
  limits: Limits
  events: Events
  outbox: Outbox
  isRecentlyProven: RecentProof
  publicUrl: string
  settings: Pick<Settings, 'branding' | 'policy'>
}): Passkeys {
  const { database, clock, random, sessions, limits, events, outbox, isRecentlyProven, publicUrl, settings } = deps
  const { hostname, origin } = new URL(publicUrl)
  const webauthn = createWebAuthn({ id: hostname, origin })
  const ceremonies = createCeremonies(deps)

  const about = ({ user, session, requester }: Actor) => ({
    tenantId: session.tenant_id,
    actorUserId: user.id,
    userId: user.id,
    sessionId: session.id,
    requester,
  })

  /** Made with the first registration and kept for good: authenticators file their passkeys under it. */
  async function userHandleOf({ user, session }: Actor): Promise<string> {
    const known = await findUserHandle(database.read, user.id)
    if (known !== undefined) return known
    return database.transaction(async (tx) => {
      const handle = newSecret(random)
      const isNew = await insertUnlessTaken(tx, () => insertUserHandle(tx, { userId: user.id, tenantId: session.tenant_id, handle }))
      return isNew ? handle : ((await findUserHandle(tx, user.id)) ?? handle)
    })
  }

  /** Holds the account; false when the session ended meanwhile, whose tab may do nothing more. */
  async function holdAccount(tx: Writer, { user, session }: Actor): Promise<boolean> {
    await lockUserForChange(tx, user.id)
    return (await findSession(tx, session.id))?.ended_at === null
  }

  async function tellOwner(tx: Writer, { user, session, requester }: Actor, template: 'passkey_created' | 'passkey_removed'): Promise<void> {
    await outbox.enqueueNotice(tx, session.tenant_id, user, { template, at: clock.now(), ...requester, language: languageFor(user, requester) })
  }

  function recordOf({ user, session }: Actor, name: string, verified: VerifiedRegistration): PasskeyRecord {
    return {
      id: newId<PasskeyId>(clock, random),
      tenant_id: session.tenant_id,
      user_id: user.id,
      credential_id: verified.credentialId,
      credential_id_hash: sha256(verified.credentialId),
      public_key: verified.publicKey,
      sign_count: verified.signCount,
      transports: verified.transports.join(' '),
      aaguid: verified.aaguid,
      is_backup_eligible: verified.isBackupEligible ? 1 : 0,
      is_backed_up: verified.isBackedUp ? 1 : 0,
      name,
      created_at: clock.now(),
      last_used_at: null,
    }
  }

  /** Codes go to a verified address, and to a number where they sign in; a password or another passkey need none. */
  async function isLastAuthenticator(tx: Writer, { user, session }: Actor, { login }: Pick<Policy, 'login'>): Promise<boolean> {
    if ((await findPasswordHash(tx, user.id)) !== undefined || (await countPasskeys(tx, user.id)) > 1) return false
    const found = await findUser(tx, session.tenant_id, user.id)
    const takesMessages = login.identifications.includes('phone') && login.authentications.includes('primary_oob_otp_sms')
    return (found?.emailVerifiedAt ?? null) === null && !(takesMessages && (found?.phoneKey ?? null) !== null)
  }

  async function isLastRequiredFactor(tx: Writer, { user }: Actor, policy: Policy): Promise<boolean> {
    if (!isSecondFactorRequired(policy, clock.now()) || (await countPasskeys(tx, user.id)) > 1) return false
    return !(await hasFactorBeside(tx, user, 'secondary_passkey', policy))
  }

  return {
    // Browsers scope passkeys to a domain; an address is none (section 5.1.3, step 7).
    isOffered: hasRelyingPartyId(publicUrl),
    prepare: () => webauthn.load(),
    assert: createAssertion({ ...deps, webauthn, ceremonies }),
    inFlow: createFlowPasskeys({ ...deps, webauthn, ceremonies }),
    list: (actor) => listPasskeys(database.read, actor.user.id),

    async beginSignIn(binding, requester) {
      const refused = await limits.take('passkey_ceremonies_per_address', addressKey(requester.ip))
      if (refused) return fail({ code: 'rate_limited', ...refused })
      const { challenge, ...begun } = ceremonies.begin('sign_in', binding)
      return succeed({ ...begun, options: webauthn.requestOptions({ challenge, allowed: [] }) })
    },

    async beginReauthentication(actor) {
      const refused = await limits.take('passkey_ceremonies_per_address', addressKey(actor.requester.ip))
      if (refused) return fail({ code: 'rate_limited', ...refused })
      const { challenge, ...begun } = ceremonies.begin('reauthentication', actor.session.id)
      const allowed = (await listPasskeys(database.read, actor.user.id)).map(describeCredential)
      return succeed({ ...begun, options: webauthn.requestOptions({ challenge, allowed }) })
    },

    async beginRegistration(actor) {
      if (!(await isRecentlyProven(actor))) return fail({ code: 'recent_authentication_required' })
      const known = await listPasskeys(database.read, actor.user.id)
      if (known.length >= MAX_PASSKEYS_PER_USER) return fail({ code: 'passkey_limit_reached' })
      const userHandle = await userHandleOf(actor)
      const { challenge, ...begun } = ceremonies.begin('registration', actor.session.id)
      const { displayName } = actor.user
      const userName = accountName(actor.user)
      const { name: relyingPartyName } = await settings.branding()
      const facts = { challenge, relyingPartyName, userHandle, userName, displayName: displayName ?? userName, known: known.map(describeCredential) }
      return succeed({ ...begun, options: webauthn.creationOptions(facts) })
    },

    async finishRegistration(actor, { ceremony, credential, name: typed }) {
      if (!(await isRecentlyProven(actor))) return fail({ code: 'recent_authentication_required' })
      const name = parsePasskeyName(typed)
      if (!name.ok) return name
      await webauthn.load()
      return database.transaction(async (tx) => {
        const expected = { purpose: 'registration', binding: actor.session.id, tenantId: actor.session.tenant_id } as const
        const challenge = await ceremonies.spend(tx, expected, ceremony)
        const verified = challenge === undefined ? undefined : await webauthn.verifyRegistration(credential, challenge)
        if (!verified || !(await holdAccount(tx, actor))) return fail({ code: 'invalid_passkey' })
        if ((await countPasskeys(tx, actor.user.id)) >= MAX_PASSKEYS_PER_USER) return fail({ code: 'passkey_limit_reached' })
        const passkey = recordOf(actor, name.value, verified)
        if (!(await insertUnlessTaken(tx, () => insertPasskey(tx, passkey)))) return fail({ code: 'passkey_already_registered' })
        await events.record(tx, { type: 'passkey.created', ...about(actor), data: { passkey_id: passkey.id, aaguid: passkey.aaguid } })
        await tellOwner(tx, actor, 'passkey_created')
        return succeed(passkey)
      })
    },

    async rename(actor, id, typed) {
      const name = parsePasskeyName(typed)
      if (!name.ok) return name
      return database.transaction(async (tx) => {
        if (!(await renamePasskey(tx, actor.user.id, id, name.value))) return fail({ code: 'not_found' })
        await events.record(tx, { type: 'passkey.renamed', ...about(actor), data: { passkey_id: id } })
        return succeed(undefined)
      })
    },

    async remove(actor, id) {
      if (!(await isRecentlyProven(actor))) return fail({ code: 'recent_authentication_required' })
      const policy = await settings.policy()
      return database.transaction(async (tx) => {
        if (!(await holdAccount(tx, actor))) return fail({ code: 'not_found' })
        if (await hasPasskey(tx, actor.user.id, id)) {
          if (await isLastAuthenticator(tx, actor, policy)) return fail({ code: 'last_authenticator' })
          if (await isLastRequiredFactor(tx, actor, policy)) return fail({ code: 'last_required_factor' })
        }
        if (!(await deletePasskey(tx, actor.user.id, id))) return fail({ code: 'not_found' })
        await events.record(tx, { type: 'passkey.removed', ...about(actor), data: { passkey_id: id, reason: 'removed_by_user' } })
        const { tenantId, userId } = about(actor)
        await sessions.endInTransaction(tx, { tenantId, userId }, { except: actor.session.id, reason: 'passkey_removed', requester: actor.requester })
        await tellOwner(tx, actor, 'passkey_removed')
        return succeed(undefined)
      })
    },
  }
}
