import * as oidc from 'openid-client'
import type { Clock } from '../clock.ts'
import { fail, succeed, type Result } from '../result.ts'
import type { Attempt } from './cookies.ts'
import type { SignedIn, SignInTokens } from './signed-in.ts'

export interface ProviderOptions {
  readonly issuer: string
  readonly clientId: string
  /** Undefined for a public client. */
  readonly clientSecret: string | undefined
  readonly redirectUri: string
  readonly scope: string
  readonly sessionSeconds: number
  readonly clock: Clock
  readonly fetch: typeof globalThis.fetch
}

export type RedeemFailure = 'refused' | 'failed'

/** Members of the ID Token that are for the protocol, and not of the person. */
const OF_THE_PROTOCOL: ReadonlySet<string> = new Set(['iss', 'aud', 'exp', 'iat', 'nonce', 'at_hash', 'c_hash', 's_hash', 'sub', 'sid', 'auth_time', 'acr', 'azp', 'jti', 'rat'])

/** Gatepost as `openid-client` sees it; found out about at the first sign-in, so that an application starts while it is away. */
export function createProvider(options: ProviderOptions, onError: (error: unknown) => void) {
  const { issuer, clientId, clientSecret, redirectUri, scope, sessionSeconds, clock, fetch } = options
  let discovered: Promise<oidc.Configuration> | undefined

  async function discover(): Promise<oidc.Configuration> {
    const authentication = clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(clientSecret)
    const insecure = issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : []
    return oidc.discovery(new URL(issuer), clientId, { id_token_signed_response_alg: 'ES256' }, authentication, {
      execute: [...insecure, oidc.enableNonRepudiationChecks],
      [oidc.customFetch]: (url, init) => fetch(url, init as RequestInit),
    })
  }
  /** @throws what discovery throws; the next call tries again. */
  function configuration(): Promise<oidc.Configuration> {
    discovered ??= discover().catch((error: unknown) => {
      discovered = undefined
      throw error
    })
    return discovered
  }

  async function configurationIfReachable(): Promise<oidc.Configuration | undefined> {
    return configuration().catch((error: unknown) => {
      onError(error)
      return undefined
    })
  }

  /** An authorization request with PKCE, state and nonce; undefined while Gatepost cannot be reached. */
  async function begin(returnTo: string, more: Readonly<Record<string, string>>): Promise<{ location: string; attempt: Attempt } | undefined> {
    const config = await configurationIfReachable()
    if (config === undefined) return undefined
    const maxAge = /^\d{1,9}$/.test(more['max_age'] ?? '') ? Number(more['max_age']) : undefined
    const attempt: Attempt = { state: oidc.randomState(), nonce: oidc.randomNonce(), codeVerifier: oidc.randomPKCECodeVerifier(), returnTo, maxAgeSeconds: maxAge }
    const url = oidc.buildAuthorizationUrl(config, {
      ...more,
      redirect_uri: redirectUri,
      scope,
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(attempt.codeVerifier),
      code_challenge_method: 'S256',
    })
    return { location: url.href, attempt }
  }

  /** Redeems the code of an authorization response; `refused` is the server's or the person's word, `failed` anything that should not be. */
  async function redeem(address: URL, attempt: Attempt): Promise<Result<{ signedIn: SignedIn; tokens: SignInTokens }, RedeemFailure>> {
    try {
      const config = await configuration()
      const tokens = await oidc.authorizationCodeGrant(config, address, {
        pkceCodeVerifier: attempt.codeVerifier,
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        idTokenExpected: true,
        ...(attempt.maxAgeSeconds !== undefined && { maxAge: attempt.maxAgeSeconds }),
      })
      const claims = tokens.claims()!
      const info = scope === 'openid' ? {} : await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)
      const now = clock.now()
      const signedIn: SignedIn = {
        subject: claims.sub,
        sessionId: claims['sid'] as string | undefined,
        authenticatedAt: claims.auth_time === undefined ? undefined : claims.auth_time * 1_000,
        acr: claims['acr'] as string | undefined,
        signedInAt: now,
        expiresAt: now + sessionSeconds * 1_000,
        claims: Object.fromEntries(Object.entries({ ...claims, ...info }).filter(([name]) => !OF_THE_PROTOCOL.has(name))),
        idToken: tokens.id_token!,
      }
      const expiresIn = tokens.expiresIn()
      return succeed({ signedIn, tokens: { accessToken: tokens.access_token, refreshToken: tokens.refresh_token, expiresAt: expiresIn === undefined ? undefined : now + expiresIn * 1_000 } })
    } catch (error) {
      onError(error)
      return fail(error instanceof oidc.AuthorizationResponseError || error instanceof oidc.ResponseBodyError ? 'refused' : 'failed')
    }
  }

  /** Where a sign-out goes on to; undefined while Gatepost cannot be reached. */
  async function endSession(idToken: string, postLogoutRedirectUri: string): Promise<string | undefined> {
    const config = await configurationIfReachable()
    return config && oidc.buildEndSessionUrl(config, { id_token_hint: idToken, post_logout_redirect_uri: postLogoutRedirectUri }).href
  }

  return { begin, redeem, endSession }
}
