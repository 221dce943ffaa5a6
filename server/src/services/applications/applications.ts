import { addParameters } from '../../domain/add-parameters.ts'
import { CLIENT_ID_FORM } from '../../domain/oauth-client.ts'
import type { Requester } from '../../domain/requester.ts'
import type { OAuthClientId, TenantId, UserId } from '../../domain/ids.ts'
import type { Database } from '../../persistence/index.ts'
import { listStandingGrants } from '../../persistence/queries/oauth-access.ts'
import { deleteConsent, findConsent, listConsents } from '../../persistence/queries/oauth-consent.ts'
import { deleteGrantsTo } from '../../persistence/queries/oauth-grant.ts'
import { lockUser } from '../../persistence/queries/user-account.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Clients } from '../clients/index.ts'
import type { Events } from '../events/index.ts'

/** A client that has access to an account. Instants are milliseconds UTC. */
export interface Application {
  readonly clientId: OAuthClientId
  readonly name: string
  readonly isFirstParty: boolean
  /** What it was agreed to have, or of a first party's: what it was granted. */
  readonly scopes: readonly string[]
  readonly since: number
  /** When it was last given something; null where nothing of it is left. */
  readonly lastUsedAt: number | null
  /** Where a sign-in at it begins (OpenID Connect Core 1.0 section 4); null where it named no such address. */
  readonly signInUri: string | null
}

export interface Applications {
  /** By name. */
  list(userId: UserId): Promise<Application[]>
  /** Consent and grants with every token, at once and everywhere; false when there was nothing to take. */
  remove(userId: UserId, clientId: string, by: Requester): Promise<boolean>
}

export function createApplications(deps: { database: Database; clock: Clock; events: Events; clients: Pick<Clients, 'find'>; tenantId: TenantId; issuer: string }): Applications {
  const { database, clock, events, clients, tenantId, issuer } = deps

  return {
    async list(userId) {
      const found = new Map<OAuthClientId, { scopes: readonly string[]; since: number; lastUsedAt: number | null }>()
      for (const { client_id: clientId, scope, created_at: since } of await listConsents(database.read, userId)) {
        found.set(clientId, { scopes: scope.split(' '), since, lastUsedAt: null })
      }
      const agreed = new Set(found.keys())
      for (const { clientId, payload, createdAt, issuedAt } of await listStandingGrants(database.read, tenantId, userId, clock.now())) {
        const known = found.get(clientId) ?? { scopes: [], since: createdAt, lastUsedAt: null }
        const scopes = agreed.has(clientId) ? known.scopes : [...new Set([...known.scopes, ...scopesOf(payload)])]
        const usedAt = Math.max(known.lastUsedAt ?? 0, Number(issuedAt ?? 0))
        found.set(clientId, { scopes, since: Math.min(known.since, createdAt), lastUsedAt: usedAt === 0 ? null : usedAt })
      }
      const described = await Promise.all(
        [...found].map(async ([clientId, access]): Promise<Application[]> => {
          // Described by a document at its id (services/clients): it is taken away by its host, whether or not that answers.
          if (URL.canParse(clientId) && clientId.includes('://')) return [{ clientId, name: new URL(clientId).host, isFirstParty: false, signInUri: null, ...access }]
          const client = await clients.find(clientId)
          return client ? [{ clientId, name: client.name, isFirstParty: client.isFirstParty, signInUri: signInUriOf(client.metadata.initiate_login_uri, issuer), ...access }] : []
        }),
      )
      return described.flat().toSorted((one, other) => one.name.localeCompare(other.name, 'en') || (one.clientId < other.clientId ? -1 : 1))
    },

    async remove(userId, given, requester) {
      if (!CLIENT_ID_FORM.test(given)) return false
      const clientId = given as OAuthClientId
      return database.transaction(async (tx) => {
        // Whoever is being granted something at this moment comes before or after (`require_consent` of services/grants).
        await lockUser(tx, userId)
        const consent = await findConsent(tx, userId, clientId)
        if (consent) await deleteConsent(tx, userId, clientId)
        const grants = await deleteGrantsTo(tx, userId, clientId)
        if (!consent && grants === 0) return false
        await events.record(tx, { type: 'consent.revoked', tenantId, userId, requester, data: { client_id: clientId, scope: consent?.scope ?? null } })
        return true
      })
    },
  }
}

/** `iss` says whom to begin with; where in the application it ends is the application's to know. */
function signInUriOf(uri: string | undefined, issuer: string): string | null {
  return uri === undefined ? null : addParameters(uri, { iss: issuer })
}

/** Of a grant as the provider keeps it: those of OpenID Connect, and those of each resource. */
function scopesOf(payload: string): string[] {
  const { openid, resources = {} } = JSON.parse(payload) as { openid?: { scope?: string }; resources?: Readonly<Record<string, string>> }
  return [openid?.scope, ...Object.values(resources)].flatMap((scope) => scope?.split(' ') ?? []).filter((scope) => scope !== '')
}
