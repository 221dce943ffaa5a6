import type { KoaContextWithOIDC } from 'oidc-provider'
import type { OAuthClientId, UserId } from '../../../domain/ids.ts'
import type { Grants } from '../../../services/grants/index.ts'
import { claimsFor } from './asked-scopes.ts'
import { unitOfWork } from '../library/unit-of-work.ts'

/**
 * The grant under which this session gets its tokens at the client: the one it has, widened by what is asked for now. What
 * the client may ask for was checked before; of a third party's client only what the person agreed to is granted, and what
 * is missing then makes the library ask for consent.
 */
export async function findOrMakeGrant(ctx: KoaContextWithOIDC, grants: Grants): Promise<InstanceType<KoaContextWithOIDC['oidc']['provider']['Grant']> | undefined> {
  const { oidc } = ctx
  const { client, session, account, provider } = oidc
  if (!client || !session || !account) return undefined
  const isFirstParty = client['gatepost_is_first_party'] === true
  const known = session.grantIdFor(client.clientId)
  const found = known === undefined ? undefined : await provider.Grant.find(known)
  const asked = [...oidc.requestParamScopes]
  const agreed = isFirstParty ? new Set(asked) : await grants.consentOf(account.accountId as UserId, client.clientId as OAuthClientId)
  const granted = asked.filter((scope) => agreed.has(scope))
  if (!found && granted.length === 0) return undefined

  const grant = found ?? new provider.Grant({ accountId: account.accountId, clientId: client.clientId })
  const had = new Set(grant.getOIDCScope().split(' '))
  const claims = claimsFor(oidc, isFirstParty ? undefined : agreed)
  const encountered = new Set(grant.getOIDCClaimsEncountered())
  const isNew = !found || granted.some((scope) => !had.has(scope)) || [...claims.granted, ...claims.refused].some((claim) => !encountered.has(claim)) || Object.keys(oidc.resourceServers ?? {}).length > 0
  if (!isNew) return grant
  // Those of a resource are granted for it alone: a token for UserInfo has none of them.
  const ofPerson = granted.filter((scope) => oidc.requestParamOIDCScopes.has(scope))
  if (ofPerson.length > 0) grant.addOIDCScope(ofPerson.join(' '))
  if (claims.granted.length > 0) grant.addOIDCClaims([...claims.granted])
  if (claims.refused.length > 0) grant.rejectOIDCClaims([...claims.refused])
  for (const [resource, server] of Object.entries(oidc.resourceServers ?? {})) {
    const scopes = granted.filter((scope) => server.scopes.has(scope))
    if (scopes.length > 0) grant.addResourceScope(resource, scopes.join(' '))
  }
  if (!isFirstParty) unitOfWork().changes.push({ change: 'require_consent', userId: account.accountId as UserId, clientId: client.clientId as OAuthClientId })
  await grant.save()
  return grant
}
