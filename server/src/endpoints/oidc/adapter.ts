import type { Adapter, AdapterPayload } from 'oidc-provider'
import type { ArtifactKind } from '../../domain/artifact-kind.ts'
import type { GrantId, OAuthClientId, SessionId, UserId } from '../../domain/ids.ts'
import type { ClientCertificates } from '../../http/client-certificates.ts'
import type { Clients } from '../../services/clients/index.ts'
import type { Grants, StoredArtifact } from '../../services/grants/index.ts'
import { revokedName } from '../../services/grants/index.ts'
import { toLibraryMetadata } from './clients/client-metadata.ts'
import type { ReadJwt } from './tokens/jwt-access-tokens.ts'
import { findOwnJwt, ownJwtOf } from './tokens/jwt-access-tokens.ts'
import { canBeServed } from './clients/mutual-tls.ts'
import { unitOfWork } from './library/unit-of-work.ts'

const KINDS: Readonly<Record<string, ArtifactKind>> = {
  AuthorizationCode: 'authorization_code',
  AccessToken: 'access_token',
  RefreshToken: 'refresh_token',
  ClientCredentials: 'client_credentials',
  DeviceCode: 'device_code',
  Interaction: 'interaction',
  PushedAuthorizationRequest: 'pushed_authorization_request',
  InitialAccessToken: 'initial_access_token',
  RegistrationAccessToken: 'registration_access_token',
}

/** Twenty tabs that refresh at once are no theft, nor is a device that asks twice: what comes back so soon is refused, and nothing more. */
const REUSE_GRACE_MS = 10_000
const WITH_GRACE: ReadonlySet<ArtifactKind> = new Set(['refresh_token', 'device_code'])

interface Deps {
  readonly grants: Grants
  readonly clients: Clients
  readonly clientCertificates: ClientCertificates
  readonly readJwt: ReadJwt
  readonly now: () => number
}

/** What oidc-provider keeps, in our tables. Reads are answered at once, writes wait for the end of the request. */
export function createAdapters(deps: Deps): (model: string) => Adapter {
  return (model) => {
    if (model === 'Client') return clientAdapter(deps)
    if (model === 'Grant') return grantAdapter(deps)
    const kind = KINDS[model]
    // Sessions and replay detection are answered by classes of ours (library/).
    return kind === undefined ? unusedAdapter(model) : artifactAdapter(deps, model, kind)
  }
}

function artifactAdapter({ grants, clients, readJwt, now }: Deps, model: string, kind: ArtifactKind): Adapter {
  const remember = (id: string, found: StoredArtifact | undefined): AdapterPayload | undefined => {
    if (!found) return undefined
    const unit = unitOfWork()
    const { known } = unit
    if (found.holder) unit.holder = found.holder
    if (found.grant) known.set(`Grant:${found.grant.id}`, { ...found.grant.payload, jti: found.grant.id })
    const { sessionUid, accountId, clientId, grantId } = found.payload
    if (sessionUid !== undefined) known.set(`Session:${String(sessionUid)}`, { accountId, clientId, grantId })
    if (WITH_GRACE.has(kind) && found.consumedAt !== null && now() - found.consumedAt < REUSE_GRACE_MS) return undefined
    const payload = { ...found.payload, jti: id, ...(found.consumedAt === null ? {} : { consumed: Math.floor(found.consumedAt / 1_000) }) }
    known.set(`${model}:${id}`, payload)
    return payload
  }

  return {
    async find(id) {
      const own = kind === 'client_credentials' ? ownJwtOf(id, readJwt) : undefined
      const found = own ? await findOwnJwt(id, own, grants) : (unitOfWork().known.get(`${model}:${id}`) ?? remember(id, await grants.find(kind, id)))
      // Not every one is under a grant that would have gone with the client: an exchanged one is under that of another.
      const isOrphan = (kind === 'client_credentials' || kind === 'access_token') && found !== undefined && !(await clients.find(String(found.clientId)))
      return isOrphan ? undefined : found
    },
    // Whoever types the code is answered by a page of ours (services/device-authorizations).
    findByUserCode: refuse(model),
    async findByUid() {
      return undefined
    },
    async upsert(id, payload, expiresIn) {
      const { changes, known } = unitOfWork()
      const { jti: _value, userCode, ...kept } = payload as Record<string, unknown>
      changes.push({
        change: 'save',
        kind,
        value: id,
        isKnown: known.has(`${model}:${id}`),
        payload: kept,
        expiresAt: now() + expiresIn! * 1_000,
        grantId: (payload.grantId as GrantId | undefined) ?? null,
        clientId: (payload.clientId as OAuthClientId | undefined) ?? null,
        sessionId: (payload.sessionUid as SessionId | undefined) ?? null,
        outlivesSession: payload.expiresWithSession !== true,
        userCode: (userCode as string | undefined) ?? null,
      })
      known.set(`${model}:${id}`, { ...payload, jti: id })
    },
    async consume(id) {
      unitOfWork().changes.push({ change: 'consume', kind, value: id })
    },
    async destroy(id) {
      const { changes, known } = unitOfWork()
      const own = kind === 'client_credentials' ? ownJwtOf(id, readJwt) : undefined
      if (own) return void changes.push({ change: 'revoke_unkept', kind, value: revokedName(own.jti), clientId: own.client_id as OAuthClientId, expiresAt: own.exp * 1_000 })
      changes.push({ change: 'delete', kind, value: id, clientId: (known.get(`${model}:${id}`)?.['clientId'] as OAuthClientId | undefined) ?? null })
    },
    async revokeByGrantId(grantId) {
      revokeGrant(grantId)
    },
  }
}

function grantAdapter({ grants, now }: Deps): Adapter {
  return {
    async find(id) {
      const { known } = unitOfWork()
      const found = known.get(`Grant:${id}`) ?? (await grants.findGrant(id as GrantId))
      if (!found) return undefined
      const payload = { ...found, jti: id }
      known.set(`Grant:${id}`, payload)
      return payload
    },
    async upsert(id, payload, expiresIn) {
      const { changes, known, caller } = unitOfWork()
      const { jti: _id, ...kept } = payload as Record<string, unknown>
      changes.push({
        change: 'save_grant',
        id: id as GrantId,
        isKnown: known.has(`Grant:${id}`),
        userId: payload.accountId as UserId,
        clientId: payload.clientId as OAuthClientId,
        sessionId: caller?.session.id ?? null,
        payload: kept,
        expiresAt: now() + expiresIn! * 1_000,
      })
      known.set(`Grant:${id}`, { ...payload, jti: id })
    },
    async destroy(id) {
      revokeGrant(id)
    },
    ...notFor('Grant'),
  }
}

/** Everything under a grant goes with it, so that one revocation does what the library asks of every model in turn. */
function revokeGrant(id: string): void {
  const { changes } = unitOfWork()
  if (!changes.some((one) => one.change === 'revoke_grant' && one.id === id)) changes.push({ change: 'revoke_grant', id: id as GrantId })
}

function clientAdapter({ clients, clientCertificates }: Deps): Adapter {
  return {
    async find(id) {
      const client = await clients.find(id)
      return client && canBeServed(client, clientCertificates) ? toLibraryMetadata(client) : undefined
    },
    upsert: refuse('Client'),
    destroy: refuse('Client'),
    ...notFor('Client'),
  }
}

function unusedAdapter(model: string): Adapter {
  return { find: refuse(model), upsert: refuse(model), destroy: refuse(model), ...notFor(model) }
}

function notFor(model: string): Pick<Adapter, 'findByUid' | 'findByUserCode' | 'consume' | 'revokeByGrantId'> {
  return { findByUid: refuse(model), findByUserCode: refuse(model), consume: refuse(model), revokeByGrantId: refuse(model) }
}

function refuse(model: string): () => Promise<never> {
  return async () => {
    throw new Error(`the provider asked its store for something that ${model} never has`)
  }
}
