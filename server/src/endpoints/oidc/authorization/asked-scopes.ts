import type { KoaContextWithOIDC } from 'oidc-provider'
import { CLAIMS_BY_SCOPE } from '../tokens/account-claims.ts'

type Oidc = KoaContextWithOIDC['oidc']

/** About the sign-in and not about the person: nobody is asked for these. */
const OF_THE_SIGN_IN: ReadonlySet<string> = new Set(['sub', 'sid', 'auth_time', 'acr', 'amr', 'iss'])

/**
 * What a person is asked to agree to: the scopes of the request that mean something here, and for each single claim of the
 * `claims` parameter (OpenID Connect Core 1.0 section 5.5) the scope that it belongs to.
 */
export function askedScopes(oidc: Oidc): string[] {
  const ofResources = new Set(Object.values(oidc.resourceServers ?? {}).flatMap((server) => [...server.scopes]))
  const scopes = [...oidc.requestParamScopes].filter((scope) => oidc.requestParamOIDCScopes.has(scope) || ofResources.has(scope))
  const ofClaims = [...oidc.requestParamClaims].flatMap((claim) => scopeOfClaim(oidc, claim) ?? [])
  return [...new Set([...scopes, ...ofClaims])]
}

/**
 * Which single claims are granted, and which are not and never will be, so that nobody is asked again. Without `agreed`
 * (a client of one's own) all are granted; what is in neither list waits for consent.
 */
export function claimsFor(oidc: Oidc, agreed: ReadonlySet<string> | undefined): { readonly granted: readonly string[]; readonly refused: readonly string[] } {
  const claims = [...oidc.requestParamClaims]
  if (!agreed) return { granted: claims, refused: [] }
  const isAgreed = (claim: string) => OF_THE_SIGN_IN.has(claim) || agreed.has(scopeOfClaim(oidc, claim) ?? '')
  return { granted: claims.filter(isAgreed), refused: claims.filter((claim) => !OF_THE_SIGN_IN.has(claim) && scopeOfClaim(oidc, claim) === undefined) }
}

/** Undefined where the client could not ask for the claim by a scope either. */
function scopeOfClaim({ client }: Oidc, claim: string): string | undefined {
  const may = new Set(client?.scope?.split(' '))
  return Object.entries(CLAIMS_BY_SCOPE).find(([scope, claims]) => may.has(scope) && scope !== 'openid' && (claims as readonly string[]).includes(claim))?.[0]
}
