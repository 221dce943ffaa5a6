/** Owns: how long what is over is kept, and deleting it afterwards. Does not own: events, which are never deleted here. */
import type { TenantId } from '../../domain/ids.ts'
import type { Database } from '../../persistence/index.ts'
import { purgeFormerPasswords } from '../../persistence/queries/former-password.ts'
import { purgeFailedAttempts } from '../../persistence/queries/failed-attempts.ts'
import { purgeInvitations } from '../../persistence/queries/invitation.ts'
import { deleteArtifactsOfEndedSessions, purgeArtifacts } from '../../persistence/queries/oauth-artifact.ts'
import { deleteGrantsOfEndedSessions, purgeGrants } from '../../persistence/queries/oauth-grant.ts'
import { purgeOneTimeCodes } from '../../persistence/queries/one-time-code.ts'
import { purgeOutbox } from '../../persistence/queries/outbox.ts'
import { purgeRefreshTokens } from '../../persistence/queries/refresh-token.ts'
import { purgeSessions } from '../../persistence/queries/session.ts'
import { purgeSigningKeys } from '../../persistence/queries/signing-key.ts'
import { purgeSpent } from '../../persistence/queries/spent-once.ts'
import { purgeTrustedDevices } from '../../persistence/queries/trusted-device.ts'
import type { Clock } from '../../platform/clock.ts'
import { formerToKeep } from '../passwords/index.ts'
import type { AnonymousUsers } from '../anonymous-users/index.ts'
import type { Registrations } from '../clients/index.ts'
import type { Sessions } from '../sessions/index.ts'
import type { Settings } from '../settings/index.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
/** Long enough to recognise a browser that signed out and to answer "who was that last month". */
const ENDED_SESSIONS_KEPT_MS = 30 * DAY_MS
/** Long past any flow that could still refer to one. */
const CODES_KEPT_MS = DAY_MS
/** Long enough to see who was invited and never came. */
const EXPIRED_INVITATIONS_KEPT_MS = 30 * DAY_MS
/** Long enough to look a complaint up: that it went out, not what it said. */
const DELIVERED_MAIL_KEPT_MS = 7 * DAY_MS
/** Long enough for somebody to notice and retry; what it says is sealed, and still not kept for ever. */
const DEAD_MAIL_KEPT_MS = 30 * DAY_MS
/** Long past the last token that one of them signed. */
const EXPIRED_KEYS_KEPT_MS = 7 * DAY_MS

export interface Retention {
  /** Deletes what is past its time; safe to run anywhere, any number of times. */
  purge(): Promise<void>
}

export function createRetention(deps: { database: Database; clock: Clock; settings: Settings; anonymousUsers: Pick<AnonymousUsers, 'purge'>; registrations: Pick<Registrations, 'purge'>; sessions: Pick<Sessions, 'tellOfRunOut'>; tenantId: TenantId }): Retention {
  const { database, clock, settings, anonymousUsers, registrations, sessions, tenantId } = deps
  return {
    async purge() {
      const now = clock.now()
      const { password } = await settings.policy()
      // One short transaction each: nobody waits long behind the broom.
      // Before the sessions: without its row nobody would know that one was ended, and not merely over.
      await database.transaction((tx) => deleteGrantsOfEndedSessions(tx))
      await database.transaction((tx) => deleteArtifactsOfEndedSessions(tx, now))
      await database.transaction((tx) => purgeGrants(tx, now))
      await database.transaction((tx) => purgeArtifacts(tx, now))
      // And without the row nobody would know whom to tell.
      await sessions.tellOfRunOut()
      await database.transaction((tx) => purgeSessions(tx, now - ENDED_SESSIONS_KEPT_MS, tenantId))
      await database.transaction((tx) => purgeRefreshTokens(tx, now))
      await database.transaction((tx) => purgeOneTimeCodes(tx, now - CODES_KEPT_MS))
      await database.transaction((tx) => purgeSpent(tx, now))
      await database.transaction((tx) => purgeTrustedDevices(tx, now))
      await database.transaction((tx) => purgeInvitations(tx, now - EXPIRED_INVITATIONS_KEPT_MS))
      await database.transaction((tx) => purgeFailedAttempts(tx, now))
      await database.transaction((tx) => purgeOutbox(tx, { delivered: now - DELIVERED_MAIL_KEPT_MS, dead: now - DEAD_MAIL_KEPT_MS }))
      await database.transaction((tx) => purgeSigningKeys(tx, now - EXPIRED_KEYS_KEPT_MS))
      await database.transaction((tx) => purgeFormerPasswords(tx, tenantId, formerToKeep(password.history)))
      await anonymousUsers.purge()
      await registrations.purge()
    },
  }
}
