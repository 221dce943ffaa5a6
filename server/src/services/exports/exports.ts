import type { UserId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { Database } from '../../persistence/index.ts'
import { listPasskeys } from '../../persistence/queries/authenticator-passkey.ts'
import { findPassword } from '../../persistence/queries/authenticator-password.ts'
import { listTotps } from '../../persistence/queries/authenticator-totp.ts'
import { listEmails } from '../../persistence/queries/email-identity.ts'
import { listConsents } from '../../persistence/queries/oauth-consent.ts'
import { listPhones } from '../../persistence/queries/phone-identity.ts'
import { listEventsOfUser } from '../../persistence/queries/event.ts'
import { countUnusedRecoveryCodes } from '../../persistence/queries/recovery-code.ts'
import type { SessionRecord } from '../../persistence/queries/session.ts'
import { listSessionsOfUser } from '../../persistence/queries/session.ts'
import { listTrustedDevices } from '../../persistence/queries/trusted-device.ts'
import type { EventTable } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Events } from '../events/index.ts'
import type { Profiles } from '../profiles/index.ts'
import type { RecentProof } from '../recent-proof/index.ts'
import type { Actor, SignedIn } from '../sessions/index.ts'

export const EXPORT_FILE_NAME = 'account.json'

export interface Exports {
  /** The text of one JSON document, piece by piece, so that no account is too large for it; recorded before its first piece. */
  begin(actor: Actor): Promise<Result<AsyncIterable<string>, { readonly code: 'recent_authentication_required' }>>
}

/** Rows held in memory at a time. */
const PAGE_SIZE = 500
const MAX_TRUSTED_DEVICES = 1_000

const iso = (instantMs: number) => new Date(instantMs).toISOString()
const isoOrNull = (instantMs: number | null) => (instantMs === null ? null : iso(instantMs))

export function createExports(deps: { database: Database; clock: Clock; events: Events; profiles: Profiles; isRecentlyProven: RecentProof }): Exports {
  const { database, clock, events, profiles, isRecentlyProven } = deps

  async function authenticatorsOf(userId: UserId): Promise<object> {
    const password = await findPassword(database.read, userId)
    const passkeys = await listPasskeys(database.read, userId)
    const totps = await listTotps(database.read, userId)
    const devices = await listTrustedDevices(database.read, userId, clock.now(), MAX_TRUSTED_DEVICES)
    return {
      password: password ? { updated_at: iso(password.updatedAt) } : null,
      passkeys: passkeys.map((one) => ({ name: one.name, created_at: iso(one.created_at), last_used_at: isoOrNull(one.last_used_at) })),
      authenticator_apps: totps.map((one) => ({ name: one.name, created_at: iso(one.created_at), last_used_at: isoOrNull(one.last_used_at) })),
      recovery_codes_left: await countUnusedRecoveryCodes(database.read, userId),
      trusted_devices: devices.map((one) => ({ user_agent: one.user_agent, ip: one.ip, created_at: iso(one.created_at), expires_at: iso(one.expires_at) })),
    }
  }

  async function* listPages<Row>(read: (last: Row | undefined) => Promise<Row[]>, describe: (row: Row) => object): AsyncGenerator<string> {
    let last: Row | undefined
    for (;;) {
      const page = await read(last)
      const texts = page.map((row) => JSON.stringify(describe(row)))
      if (texts.length > 0) yield (last === undefined ? '' : ',') + texts.join(',')
      last = page.at(-1)
      if (page.length < PAGE_SIZE) return
    }
  }

  async function* write({ user, session }: SignedIn): AsyncGenerator<string> {
    const emails = await listEmails(database.read, user.id)
    const phones = await listPhones(database.read, user.id)
    const consents = await listConsents(database.read, user.id)
    const head = {
      exported_at: iso(clock.now()),
      id: user.id,
      created_at: iso(user.createdAt),
      profile: { display_name: user.displayName, ...(await profiles.valuesOf(user.id)) },
      username: user.username,
      emails: emails.map((one) => ({ email: one.display, is_primary: one.isPrimary, verified_at: isoOrNull(one.verifiedAt), created_at: iso(one.createdAt) })),
      phones: phones.map((one) => ({ phone: one.display, verified_at: iso(one.verifiedAt), created_at: iso(one.createdAt) })),
      roles: user.roles,
      authenticators: await authenticatorsOf(user.id),
      consents: consents.map((one) => ({ client_id: one.client_id, scopes: one.scope.split(' '), created_at: iso(one.created_at), updated_at: iso(one.updated_at) })),
    }
    yield `${JSON.stringify(head).slice(0, -1)},"sessions":[`
    yield* listPages<SessionRecord>(
      (last) => listSessionsOfUser(database.read, user.id, { limit: PAGE_SIZE, before: last?.id }),
      (row) => ({
        id: row.id,
        user_agent: row.user_agent,
        ip: row.ip,
        created_at: iso(row.created_at),
        last_used_at: iso(row.last_used_at),
        ended_at: isoOrNull(row.ended_at),
        ended_reason: row.ended_reason,
      }),
    )
    yield '],"events":['
    yield* listPages<EventTable>(
      (last) => listEventsOfUser(database.read, { tenantId: session.tenant_id, userId: user.id }, { limit: PAGE_SIZE, after: last }),
      (row) => ({
        type: row.type,
        occurred_at: iso(Number(row.occurred_at)),
        session_id: row.session_id,
        ip: row.ip,
        user_agent: row.user_agent,
        data: JSON.parse(row.data) as unknown,
      }),
    )
    yield ']}\n'
  }

  return {
    async begin(actor) {
      if (!actor.user.isAnonymous && !(await isRecentlyProven(actor))) return fail({ code: 'recent_authentication_required' })
      const { user, session, requester } = actor
      const about = { tenantId: session.tenant_id, actorUserId: user.id, userId: user.id, sessionId: session.id, requester }
      await database.transaction((tx) => events.record(tx, { type: 'user.exported', ...about }))
      return succeed(write(actor))
    },
  }
}
