import type { Transaction } from 'kysely'
import type { Requester } from '../../domain/requester.ts'
import type { TenantId, UserId } from '../../domain/ids.ts'
import { languageFor } from '../../domain/mail.ts'
import type { E164 } from '../../domain/phone.ts'
import type { Amr, Policy } from '../../flow/index.ts'
import { hasSignedInFrom } from '../../persistence/queries/session.ts'
import { findUser, updateLanguage } from '../../persistence/queries/user-account.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { KnownDevice, KnownDevices } from '../known-devices/index.ts'
import type { Outbox } from '../outbox/index.ts'
import type { Sessions, StartedSession } from '../sessions/index.ts'

/** Who signs in, and what they proved. */
export interface SignInFacts {
  readonly tenantId: TenantId
  readonly userId: UserId
  /** Made by the same flow: there is no other browser to tell of this one. */
  readonly isNewUser: boolean
  /** The number whose code was right. */
  readonly provenPhone: E164 | null
  readonly amr: readonly Amr[]
  /** When, in milliseconds UTC; now unless given. */
  readonly authenticatedAt?: number
}

/** In the browser that the session is for. */
interface In {
  readonly requester: Requester
  readonly rules: Policy['session']
  readonly knownSecret: string | undefined
}

/** What a sign-in ends with: the session, the browser known from now on, and its owner told of a new one. */
export function createSessionStart({ clock, sessions, knownDevices, outbox }: { clock: Clock; sessions: Sessions; knownDevices: KnownDevices; outbox: Outbox }) {
  return async function startSession(tx: Transaction<Schema>, facts: SignInFacts, { requester, rules, knownSecret }: In): Promise<{ started: StartedSession; knownDevice: KnownDevice; isKnown: boolean }> {
    const { tenantId, userId, amr, authenticatedAt } = facts
    const isKnown = !facts.isNewUser && !(await notifyOfNewDevice(tx, facts, requester))
    const started = await sessions.start(tx, { tenantId, userId, amr, ...(authenticatedAt === undefined ? {} : { authenticatedAt }), requester, rules })
    return { started, knownDevice: await knownDevices.remember(tx, { tenantId, userId }, knownSecret), isKnown }
  }

  /** Whether the device was new. */
  async function notifyOfNewDevice(tx: Transaction<Schema>, { tenantId, userId, provenPhone }: SignInFacts, requester: Requester): Promise<boolean> {
    if (await hasSignedInFrom(tx, userId, requester)) return false
    const user = await findUser(tx, tenantId, userId)
    if (!user) return true
    // Who just read a code on the telephone that would be written to has nothing to learn.
    if (user.email !== null || user.phoneKey !== provenPhone) await outbox.enqueueNotice(tx, tenantId, user, { template: 'new_sign_in', at: clock.now(), ...requester, language: languageFor(user, requester) })
    if (requester.language !== undefined && requester.language !== user.language) await updateLanguage(tx, userId, requester.language)
    return true
  }
}
