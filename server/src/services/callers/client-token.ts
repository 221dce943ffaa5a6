import { KeyObject } from 'node:crypto'
import type { OAuthClientId, SessionId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { Clock } from '../../platform/clock.ts'
import type { ClientAccessTokenClaims } from '../../protocols/client-access-token.ts'
import { isOwnToken, keyIdOf, readClientAccessToken } from '../../protocols/client-access-token.ts'
import type { Clients } from '../clients/index.ts'
import type { Grants, StoredArtifact } from '../grants/index.ts'
import { keptName, revokedName } from '../grants/index.ts'
import type { Keys } from '../keys/index.ts'
import type { Caller, CallerReader, FoundCaller } from './caller.ts'

interface Deps {
  readonly clock: Clock
  readonly issuer: string
  readonly keys: Pick<Keys, 'findVerificationKey'>
  readonly grants: Pick<Grants, 'find'>
  readonly clients: Pick<Clients, 'show'>
}

/** 256 bits, base64url: anything else is looked up nowhere. */
const OPAQUE = /^[A-Za-z0-9_-]{43}$/
/** Who may see what roles somebody has, at a client. */
const ROLES_SCOPE = 'roles'

/** What is said of a token, wherever it was kept. */
interface TokenFacts {
  readonly clientId: string
  readonly scope: string | undefined
  readonly audience: string | undefined
}

/** Access tokens that clients were given, opaque ones and JWTs: for a person, or for themselves. */
export function createClientTokenReader({ clock, issuer, keys, grants, clients }: Deps): CallerReader {
  async function claimsOf(accessToken: string): Promise<ClientAccessTokenClaims | undefined> {
    const kid = keyIdOf(accessToken)
    const key = kid === undefined ? undefined : await keys.findVerificationKey(kid)
    return key && readClientAccessToken(accessToken, KeyObject.from(key), issuer)
  }

  /** For the person whose grant it is, or for the client itself where it is of none. */
  async function callerOf(facts: TokenFacts, found: StoredArtifact | undefined): Promise<Caller | undefined> {
    // As the database has it: what is half a second old would be remembered after the event that says it is over.
    const client = await clients.show(facts.clientId)
    if (!client) return undefined
    const given = { clientId: facts.clientId as OAuthClientId, isFirstParty: client.isFirstParty, scope: facts.scope, audience: facts.audience }
    const nobody = { userId: undefined, isVerified: false, isAnonymous: false, roles: [], sessionId: undefined, amr: [], acr: undefined, authenticatedAt: undefined, client: given }
    if (!found?.grant) return nobody
    const { holder: user, payload } = found
    if (!user) return undefined
    const { acr, amr, auth_time: provenAt } = (payload['extra'] ?? {}) as { acr?: string; amr?: readonly string[]; auth_time?: number }
    return {
      ...nobody,
      userId: user.id,
      isVerified: user.emailVerifiedAt !== null || user.phone !== null,
      isAnonymous: user.isAnonymous,
      // Somebody's roles are theirs, and not every client's that they use.
      roles: facts.scope?.split(' ').includes(ROLES_SCOPE) ? user.roles : [],
      sessionId: payload['sessionUid'] as SessionId | undefined,
      amr: amr ?? [],
      acr: acr === 'aal1' || acr === 'aal2' ? acr : undefined,
      authenticatedAt: provenAt === undefined ? undefined : provenAt * 1_000,
    }
  }

  async function readKept(found: StoredArtifact): Promise<FoundCaller | undefined> {
    const { clientId, scope, aud, jkt, 'x5t#S256': x5t } = found.payload as Readonly<Record<string, string | undefined>>
    // Of one that is bound to a key (RFC 9449) or certificate (RFC 8705) the bearer alone proves nothing.
    if (jkt !== undefined || x5t !== undefined || clientId === undefined || found.consumedAt !== null) return undefined
    const caller = await callerOf({ clientId, scope, audience: aud }, found)
    return caller && { caller, expiresAt: found.endsAt }
  }

  async function readUnkept(claims: ClientAccessTokenClaims): Promise<FoundCaller | undefined> {
    if (claims.cnf !== undefined || (await grants.find('client_credentials', revokedName(claims.jti)))) return undefined
    const caller = await callerOf({ clientId: claims.client_id, scope: claims.scope, audience: claims.aud }, undefined)
    return caller && { caller, expiresAt: claims.exp * 1_000 }
  }

  async function find(accessToken: string): Promise<FoundCaller | undefined> {
    if (OPAQUE.test(accessToken)) {
      const found = (await grants.find('access_token', accessToken)) ?? (await grants.find('client_credentials', accessToken))
      return found && readKept(found)
    }
    const claims = await claimsOf(accessToken)
    if (!claims) return undefined
    if (isOwnToken(claims)) return readUnkept(claims)
    const found = await grants.find('access_token', keptName(accessToken))
    return found && readKept(found)
  }

  return async function readClientToken(accessToken): Promise<Result<FoundCaller, 'invalid_token'>> {
    const found = await find(accessToken)
    return found && found.expiresAt > clock.now() ? succeed(found) : fail('invalid_token')
  }
}
