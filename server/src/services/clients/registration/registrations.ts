import type { Transaction } from 'kysely'
import type { Requester } from '../../../domain/requester.ts'
import type { OAuthClientId, TenantId } from '../../../domain/ids.ts'
import type { Result } from '../../../domain/result.ts'
import { fail, succeed } from '../../../domain/result.ts'
import type { Database } from '../../../persistence/index.ts'
import { beginClientChange, insertClient } from '../../../persistence/queries/oauth-client.ts'
import { countRegisteredClients, listUnusedClients, replaceRegistrationToken, setSoftwareStatement } from '../../../persistence/queries/oauth-registration.ts'
import type { Schema } from '../../../persistence/schema.ts'
import type { Clock } from '../../../platform/clock.ts'
import { equalInConstantTime, sha256 } from '../../../platform/digest.ts'
import type { GuardedFetch } from '../../../platform/guarded-fetch.ts'
import type { Random } from '../../../platform/random.ts'
import { newId, newSecret } from '../../../platform/random.ts'
import type { Events } from '../../events/index.ts'
import type { Limits } from '../../limits/index.ts'
import { addressKey } from '../../limits/index.ts'
import type { ClientRegistrationRules, Settings } from '../../settings/index.ts'
import { deleteRegisteredClient, updateDeclaredClient } from '../client-records.ts'
import { addClientSecret, matchesSecret } from '../client-secrets.ts'
import type { Clients } from '../clients.ts'
import { completeMetadata, usesSecret } from '../metadata/client-metadata.ts'
import type { ClientSurroundings } from '../metadata/field.ts'
import type { RegisteredClient } from '../registered-client.ts'
import { describeClient } from '../registered-client.ts'
import { loadClient } from '../stored-client.ts'
import { readStatedClient } from './read-stated-client.ts'
import type { RegistrationTokens } from './registration-tokens.ts'
import { createRegistrationTokens, SECRET } from './registration-tokens.ts'
import type { Registered, RegistrationFailure, Registrations } from './registration-types.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
const PURGED_AT_ONCE = 100
/** RFC 7592 section 2.2: "MUST NOT include". */
const NOT_IN_UPDATES = ['registration_access_token', 'registration_client_uri', 'client_secret_expires_at', 'client_id_issued_at']

type Deps = {
  database: Database
  clock: Clock
  random: Random
  events: Events
  limits: Limits
  settings: Settings
  clients: Clients
  guardedFetch: GuardedFetch
  tenantId: TenantId
  surroundings: ClientSurroundings
}

export function createRegistrations(deps: Deps): Registrations {
  const { database, clock, random, events, limits, settings, clients, tenantId } = deps
  const tokens: RegistrationTokens = createRegistrationTokens(deps)

  const rules = async (): Promise<ClientRegistrationRules> => (await settings.document()).client_registration

  async function change<T>(work: (tx: Transaction<Schema>) => Promise<T>): Promise<T> {
    const done = await database.transaction(async (tx) => {
      await beginClientChange(tx, tenantId)
      return work(tx)
    })
    clients.forget()
    return done
  }

  async function load(db: Database['read'], clientId: string): Promise<RegisteredClient | undefined> {
    const stored = await loadClient(db, tenantId, clientId as OAuthClientId)
    return stored && describeClient(stored.row, stored.secrets, clock.now())
  }

  /** The client that may be managed by this registration access token; one that is gone is told from no wrong token. */
  async function loadManaged(db: Database['read'], clientId: string, token: string | undefined): Promise<RegisteredClient | undefined> {
    if (token === undefined || !SECRET.test(token)) return undefined
    const client = await load(db, clientId)
    const isRight = equalInConstantTime(client?.registration?.tokenHash ?? '', sha256(token))
    return isRight && client?.registration ? client : undefined
  }

  async function insert(tx: Transaction<Schema>, given: { name: string; declared: RegisteredClient['declared']; statement: string | undefined }, by: Requester, tokenId: string | undefined): Promise<Registered> {
    const clientId = newId<OAuthClientId>(clock, random)
    const accessToken = newSecret(random)
    const at = clock.now()
    const { name, declared, statement } = given
    await insertClient(tx, {
      tenant_id: tenantId,
      client_id: clientId,
      name,
      type: 'third_party',
      metadata: JSON.stringify(declared),
      created_at: at,
      updated_at: at,
      registered_at: at,
      registration_token_hash: sha256(accessToken),
      software_statement: statement ?? null,
      last_used_at: null,
    })
    const hasSecret = usesSecret(completeMetadata('third_party', declared))
    const secret = hasSecret ? (await addClientSecret(tx, deps, { clientId, endsOthersNow: true })).secret : undefined
    await events.record(tx, { type: 'client.registered', tenantId, requester: by, data: { client_id: clientId, name, ...(tokenId === undefined ? {} : { registration_token_id: tokenId }) } })
    return { client: (await load(tx, clientId))!, secret, accessToken }
  }

  return {
    tokens,
    policy: async () => (await rules()).policy,

    async register(body, { requester: by, initialAccessToken }) {
      const rule = await rules()
      // Closed since it was asked.
      if (rule.policy === 'off') return fail(INVALID_INITIAL_TOKEN)
      const key = addressKey(by.ip)
      const refused = await limits.take('client_registrations_per_address', key)
      if (refused) return fail({ code: 'rate_limited', message: 'too many registrations from this address', ...refused })
      const tokenId = rule.policy === 'token' ? await tokens.find(initialAccessToken ?? '') : undefined
      if (rule.policy === 'token' && tokenId === undefined) return fail(INVALID_INITIAL_TOKEN)
      const stated = await readStatedClient(body, { ...deps, rules: rule, kept: undefined, now: clock.now() })
      if (!stated.ok) return stated
      const made = await change(async (tx): Promise<Result<Registered, RegistrationFailure>> => {
        if ((await countRegisteredClients(tx, tenantId)) >= rule.maximum) return fail({ code: 'limit_reached', message: 'there are as many registered clients as there may be' })
        if (tokenId !== undefined && !(await tokens.spend(tx, tokenId))) return fail(INVALID_INITIAL_TOKEN)
        return succeed(await insert(tx, { ...stated.value.client, statement: stated.value.statement }, by, tokenId))
      })
      if (made.ok && tokenId !== undefined) await limits.giveBack('client_registrations_per_address', key)
      return made
    },

    async read(clientId, token) {
      const client = await loadManaged(database.read, clientId, token)
      return client ? succeed({ client, secret: undefined, accessToken: token! }) : fail(INVALID_TOKEN)
    },

    async replace(clientId, token, body) {
      const before = await loadManaged(database.read, clientId, token)
      if (!before) return fail(INVALID_TOKEN)
      const problem = findUpdateProblem(before, body)
      if (problem !== undefined) return fail({ code: 'invalid_client_metadata', message: problem })
      const stated = await readStatedClient(body, { ...deps, rules: await rules(), kept: before.registration?.softwareStatement, now: clock.now() })
      if (!stated.ok) return stated
      return change(async (tx): Promise<Result<Registered, RegistrationFailure>> => {
        const client = await loadManaged(tx, clientId, token)
        const accessToken = newSecret(random)
        const tokenHash = { from: sha256(token ?? ''), to: sha256(accessToken) }
        if (!client || !(await replaceRegistrationToken(tx, { tenantId, clientId: client.clientId }, tokenHash))) return fail(INVALID_TOKEN)
        await updateDeclaredClient(tx, deps, client, stated.value.client)
        await setSoftwareStatement(tx, tenantId, client.clientId, stated.value.statement ?? null)
        const needsSecret = client.secrets.length === 0 && usesSecret(completeMetadata('third_party', stated.value.client.declared))
        const secret = needsSecret ? (await addClientSecret(tx, deps, { clientId: client.clientId, endsOthersNow: true })).secret : undefined
        return succeed({ client: (await load(tx, clientId))!, secret, accessToken })
      })
    },

    remove: (clientId, token) =>
      change(async (tx): Promise<Result<undefined, RegistrationFailure>> => {
        const client = await loadManaged(tx, clientId, token)
        if (!client) return fail(INVALID_TOKEN)
        await deleteRegisteredClient(tx, deps, client, 'asked_by_itself')
        return succeed(undefined)
      }),

    async purge() {
      await tokens.purge()
      const { expire_unused_days: days } = await rules()
      const since = clock.now() - days * DAY_MS
      const unused = days === 0 ? [] : await listUnusedClients(database.read, tenantId, since, PURGED_AT_ONCE)
      for (const clientId of unused) {
        await change(async (tx) => {
          const client = await load(tx, clientId)
          // It may have been used since it was listed.
          if (client?.registration && Math.max(client.registration.at, client.registration.lastUsedAt ?? 0) < since) await deleteRegisteredClient(tx, deps, client, 'unused')
        })
      }
    },
  }
}

const INVALID_TOKEN: RegistrationFailure = { code: 'invalid_token', message: 'the registration access token is not valid for this client' }
const INVALID_INITIAL_TOKEN: RegistrationFailure = { code: 'invalid_token', message: 'registering takes an initial access token that is valid' }

/** RFC 7592 section 2.2. */
function findUpdateProblem(client: RegisteredClient, body: unknown): string | undefined {
  const { client_id: clientId, client_secret: secret, ...fields } = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, unknown>>
  if (clientId !== client.clientId) return 'client_id: must be that of the client'
  const forbidden = NOT_IN_UPDATES.find((name) => fields[name] !== undefined)
  if (forbidden !== undefined) return `${forbidden}: must be left out`
  return secret === undefined || (typeof secret === 'string' && matchesSecret(client, secret)) ? undefined : 'client_secret: must be the one that was given, or be left out'
}
