import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'
import Provider from 'oidc-provider'
import type { JWK } from 'jose'
import type { UserId } from '../../domain/ids.ts'
import type { ClientCertificates } from '../../http/client-certificates.ts'
import type { GuardedFetch } from '../../platform/guarded-fetch.ts'
import type { Clients } from '../../services/clients/index.ts'
import { AUTH_SIGNING_ALGORITHMS, FAPI_ALGORITHMS } from '../../services/clients/index.ts'
import type { DeviceAuthorizations } from '../../services/device-authorizations/index.ts'
import { DEVICE_CODE_TTL_SECONDS } from '../../services/device-authorizations/index.ts'
import type { Grants } from '../../services/grants/index.ts'
import { GRANT_TTL_SECONDS } from '../../services/grants/index.ts'
import type { Profiles } from '../../services/profiles/index.ts'
import type { SecondFactors } from '../../services/second-factors/index.ts'
import type { Sessions } from '../../services/sessions/index.ts'
import { ACR_VALUES } from '../../services/sessions/index.ts'
import type { Settings } from '../../services/settings/index.ts'
import type { Subjects } from '../../services/subjects/index.ts'
import { createAdapters } from './adapter.ts'
import { addToDiscovery } from './discovery-additions.ts'
import { LOGOUT_METADATA } from './end-session.ts'
import { finishRequests } from './finish-request.ts'
import { createResourceLookUp } from './authorization/asked-resources.ts'
import { findOrMakeGrant } from './authorization/granting.ts'
import { interactionAddress } from './authorization/interaction-address.ts'
import { createPromptPolicy } from './authorization/prompts.ts'
import { refuseRequestObjectsOfKeyless, requestObjectsFeature } from './authorization/request-objects.ts'
import { authenticateByRegisteredMethod, checkAssertion } from './clients/client-authentication.ts'
import { OWN_CLIENT_FIELDS, refuseUnregisteredScopes } from './clients/client-metadata.ts'
import { needsPkce, rotatesRefreshTokens } from './clients/fapi.ts'
import { certificateMethods, mutualTlsFeature } from './clients/mutual-tls.ts'
import { createUseNotes } from './clients/note-use.ts'
import { DEVICE_FLOW, pacePolls } from './grant-types/device-flow.ts'
import { offerTokenExchange } from './grant-types/exchange-token.ts'
import { offerAssertions } from './grant-types/take-assertion.ts'
import { answerByForm, answerBySignedForm, answerWithErrorPage } from './library/answers.ts'
import { useOurSessions } from './library/browser-session.ts'
import { CLOCK_SKEW_SECONDS, endAccessTokensOnTime } from './library/clock-skew.ts'
import { createLibraryFetch } from './library/library-fetch.ts'
import { spendIdsOnce } from './library/one-time-ids.ts'
import { CLAIMS_BY_SCOPE, createAccountLookUp } from './tokens/account-claims.ts'
import { actClaim } from './tokens/act-claim.ts'
import type { ReadJwt } from './tokens/jwt-access-tokens.ts'
import { createJwtReader, keepJwtAccessTokens } from './tokens/jwt-access-tokens.ts'
import { dpopFeature } from './tokens/dpop.ts'
import { tokenClaims } from './tokens/access-token-claims.ts'
import { createIntrospectionPolicy } from './tokens/introspection-policy.ts'

export interface ProviderDeps {
  readonly issuer: string
  readonly basePath: string
  readonly isSecure: boolean
  readonly cookiePrefix: string
  /** Keys for the cookies that tie a request under way to a browser. */
  readonly cookieKeys: readonly string[]
  /** What DPoP nonces are made of, at every instance alike; 32 bytes in base64url. */
  readonly nonceSecret: string
  readonly clientCertificates: ClientCertificates
  readonly signingKeys: readonly JWK[]
  readonly grants: Grants
  readonly deviceAuthorizations: DeviceAuthorizations
  readonly clients: Clients
  readonly sessions: Sessions
  readonly profiles: Profiles
  readonly settings: Pick<Settings, 'document'>
  readonly guardedFetch: GuardedFetch
  readonly subjects: Subjects
  readonly secondFactors: Pick<SecondFactors, 'canProveMore'>
  readonly now: () => number
}

/** Longer than anybody needs to sign in and agree; as long as a flow. */
const INTERACTION_TTL_SECONDS = 20 * 60
/** RFC 6749 section 4.1.2 recommends ten minutes at most; a client redeems at once. */
const AUTHORIZATION_CODE_TTL_SECONDS = 60
const PUSHED_REQUEST_TTL_SECONDS = 60

/** The library knows how to answer by a form, and takes no other way for a name it knows: its own is replaced as it registers it. */
class OurProvider extends Provider {
  override registerResponseMode(name: string, answer: Parameters<Provider['registerResponseMode']>[1]): void {
    super.registerResponseMode(name, name === 'form_post' ? answerByForm : name === 'form_post.jwt' ? answerBySignedForm : answer)
  }
}

/** `oidc-provider`, over our sessions, clients, grants, keys and pages. */
export function createProvider(deps: ProviderDeps): Provider {
  const { issuer, grants, clients } = deps
  const readJwt = createJwtReader(deps)
  const provider = new OurProvider(issuer, configuration({ ...deps, readJwt }))
  keepJwtAccessTokens(provider, readJwt)
  useOurAddress(provider, issuer)
  useOurSessions(provider, deps)
  refuseRequestObjectsOfKeyless(provider)
  authenticateByRegisteredMethod(provider, clients)
  pacePolls(provider, deps)
  offerTokenExchange(provider, { ...deps, readJwt })
  offerAssertions(provider, deps)
  // Of which session a token is, is told to everybody: it is another name for every client, and sign-out goes by it.
  ;(provider.Client.prototype as unknown as { includeSid(): boolean }).includeSid = () => true
  refuseUnregisteredScopes(provider)
  spendIdsOnce(provider, grants)
  endAccessTokensOnTime(provider)

  finishRequests(provider, grants)
  const noteUse = createUseNotes(deps.now)
  provider.use(async (ctx, next) => {
    await next()
    await addToDiscovery(ctx as KoaContextWithOIDC, deps)
    noteUse(ctx as KoaContextWithOIDC)
  })
  return provider
}

function configuration(deps: ProviderDeps & { readonly readJwt: ReadJwt }): Configuration {
  const { basePath, isSecure, cookiePrefix, signingKeys, grants, clients, now } = deps
  const scheme = isSecure ? '__Secure-' : ''
  const cookie = { httpOnly: true, sameSite: 'lax', signed: true, secure: isSecure, overwrite: true } as const
  return {
    adapter: createAdapters(deps),
    jwks: { keys: [...signingKeys] as never },
    fetch: createLibraryFetch(deps.guardedFetch) as never,
    renderError: (ctx, out) => answerWithErrorPage(ctx, out),
    findAccount: createAccountLookUp(deps),
    loadExistingGrant: (ctx) => findOrMakeGrant(ctx, grants),
    claims: Object.fromEntries(Object.entries(CLAIMS_BY_SCOPE).map(([scope, claims]) => [scope, [...claims]])),
    scopes: ['openid', 'offline_access'],
    acrValues: [...ACR_VALUES],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    extraTokenClaims: (ctx, token) => ({ ...tokenClaims(ctx, token), ...actClaim(token) }),
    extraClientMetadata: { properties: [...OWN_CLIENT_FIELDS] },
    clockTolerance: CLOCK_SKEW_SECONDS,
    // Answers are signed with the keys there are.
    enabledJWA: { dPoPSigningAlgValues: FAPI_ALGORITHMS, requestObjectSigningAlgValues: AUTH_SIGNING_ALGORITHMS, authorizationSigningAlgValues: ['ES256', 'RS256'] },
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt', ...certificateMethods(deps.clientCertificates)],
    assertJwtClientAuthClaimsAndHeader: (ctx, claims) => checkAssertion(ctx, claims, deps.issuer, now()),
    // OpenID Connect Core 1.0 section 3.1.2.1: named in every request.
    allowOmittingSingleRegisteredRedirectUri: false,
    responseTypes: ['code', 'none'],
    subjectTypes: ['public', 'pairwise'],
    pairwiseIdentifier: async (_ctx, accountId, client) => deps.subjects.subjectFor(accountId as UserId, (await clients.find(client.clientId))!),
    // Who registers is checked then (services/clients); an operator's word is taken.
    sectorIdentifierUriValidate: () => false,
    conformIdTokenClaims: true,
    // A single-page application asks from where it lives: where its answers go to. `null` is anybody's: of a sandbox, and of every custom scheme.
    clientBasedCORS: (_ctx, origin, client) => origin !== 'null' && (client.redirectUris ?? []).some((uri) => URL.canParse(uri) && new URL(uri).origin === origin),
    cookies: {
      // Of a path, so `__Host-` they cannot be; none is planted from plain http.
      names: { interaction: `${scheme}${cookiePrefix}_interaction`, resume: `${scheme}${cookiePrefix}_resume`, session: `${cookiePrefix}_unused` },
      keys: [...deps.cookieKeys],
      short: { ...cookie, path: basePath === '' ? '/' : basePath },
      // Of the session that the library would keep and ours stand in for: none is ever set. It asks for `none` to take POST.
      long: { ...cookie, sameSite: 'none', path: basePath === '' ? '/' : basePath },
    },
    // OpenID Connect Core 1.0 section 3.1.2.1.
    enableHttpPostMethods: true,
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: true },
      jwtUserinfo: { enabled: true },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      introspection: { enabled: true, allowedPolicy: createIntrospectionPolicy(deps.clients) },
      pushedAuthorizationRequests: { enabled: true },
      dPoP: dpopFeature(deps),
      mTLS: mutualTlsFeature(deps.clientCertificates),
      requestObjects: requestObjectsFeature(deps),
      jwtResponseModes: { enabled: true },
      claimsParameter: { enabled: true },
      clientCredentials: { enabled: true },
      deviceFlow: DEVICE_FLOW,
      rpInitiatedLogout: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: (ctx) => (ctx.oidc.params?.['grant_type'] === 'client_credentials' ? deps.issuer : undefined!),
        getResourceServerInfo: createResourceLookUp(deps),
        useGrantedResource: () => false,
      },
    },
    discovery: { end_session_endpoint: `${deps.issuer}/oauth2/end_session`, ...LOGOUT_METADATA },
    interactions: {
      policy: createPromptPolicy(deps),
      url: (ctx, asked) => interactionAddress(ctx, asked, basePath),
    },
    // Without offline access, which takes consent (OpenID Connect Core 1.0 section 11), it lives as long as the session.
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: ({ oidc }) => rotatesRefreshTokens(oidc.client),
    expiresWithSession: (_ctx, token) => !token.scopes.has('offline_access'),
    pkce: { required: (_ctx, client) => needsPkce(client) },
    routes: {
      authorization: '/oauth2/authorize',
      token: '/oauth2/token',
      userinfo: '/oauth2/userinfo',
      jwks: '/oauth2/jwks',
      revocation: '/oauth2/revoke',
      introspection: '/oauth2/introspect',
      pushed_authorization_request: '/oauth2/par',
      device_authorization: '/oauth2/device_authorization',
      // Of the library's page, which is never reached: ours has its address.
      code_verification: '/device',
    },
    ttl: {
      AccessToken: (_ctx, token, client) => token.resourceServer?.accessTokenTTL ?? Number(client['gatepost_access_token_ttl']),
      ClientCredentials: (_ctx, token, client) => token.resourceServer?.accessTokenTTL ?? Number(client['gatepost_access_token_ttl']),
      IdToken: (_ctx, _token, client) => Number(client['gatepost_id_token_ttl']),
      RefreshToken: (_ctx, _token, client) => Number(client['gatepost_refresh_token_ttl']),
      AuthorizationCode: AUTHORIZATION_CODE_TTL_SECONDS,
      DeviceCode: DEVICE_CODE_TTL_SECONDS,
      PushedAuthorizationRequest: PUSHED_REQUEST_TTL_SECONDS,
      Interaction: INTERACTION_TTL_SECONDS,
      Grant: GRANT_TTL_SECONDS,
      Session: GRANT_TTL_SECONDS,
    },
  }
}

/**
 * Makes every address out of the issuer. The library takes scheme and host from the request, which is the caller's word:
 * behind a proxy it may be wrong, and in an attacker's hands it is.
 */
function useOurAddress(provider: Provider, issuer: string): void {
  const { protocol, host } = new URL(issuer)
  for (const [name, value] of Object.entries({ protocol: protocol.slice(0, -1), host })) Object.defineProperty(provider.request, name, { get: () => value })
  const context = provider.OIDCContext.prototype as unknown as { urlFor(name: string, options?: object): string }
  context.urlFor = (name, options) => provider.urlFor(name, options as never)
}
