import * as oauth from 'oauth4webapi'
import { GatepostError } from '../gatepost-error.ts'

export interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string | undefined
  readonly idToken: string
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

export interface TokenEndpointOptions {
  readonly issuer: string
  readonly clientId: string
  readonly usesDpop: boolean
  readonly resource: string | undefined
  readonly fetch: typeof fetch
  readonly now: () => number
}

/** Where an access token says nothing of its end. */
const LIFETIME_SECONDS = 300

/** Gatepost as a public client sees it: found out about when first needed. */
export function createTokenEndpoint({ issuer, clientId, usesDpop, resource, fetch, now }: TokenEndpointOptions) {
  const client: oauth.Client = { client_id: clientId, id_token_signed_response_alg: 'ES256' }
  const options = {
    [oauth.customFetch]: (url: string, init: object) => fetch(url, init),
    // As far as the application wrote it there: on one's own machine.
    [oauth.allowInsecureRequests]: issuer.startsWith('http:'),
  }
  let discovered: Promise<oauth.AuthorizationServer> | undefined
  let proofs: Promise<oauth.DPoPHandle> | undefined

  function server(): Promise<oauth.AuthorizationServer> {
    const url = new URL(issuer)
    discovered ??= oauth
      .discoveryRequest(url, options)
      .then((response) => oauth.processDiscoveryResponse(url, response))
      .catch((cause: unknown) => {
        discovered = undefined
        throw new GatepostError('unreachable', 'Gatepost cannot be reached.', { status: 0, cause })
      })
    return discovered
  }

  /** The key never leaves the browser, also not for this script: it cannot be exported. */
  async function dpop(): Promise<{ DPoP?: oauth.DPoPHandle }> {
    if (!usesDpop) return {}
    proofs ??= oauth.generateKeyPair('ES256').then((pair) => oauth.DPoP(client, pair))
    return { DPoP: await proofs }
  }

  /** Once more where the server wants its nonce in the proof (RFC 9449, section 8). */
  async function withNonce<T>(send: () => Promise<T>): Promise<T> {
    try {
      return await send()
    } catch (error) {
      if (!oauth.isDPoPNonceError(error)) throw error
      return send()
    }
  }

  function tokensOf(answer: oauth.TokenEndpointResponse, before?: Tokens): Tokens {
    if (usesDpop && answer.token_type !== 'dpop') throw new GatepostError('unexpected_answer', 'The access token is not bound to the key.', { status: 200 })
    return {
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token ?? before?.refreshToken,
      idToken: answer.id_token ?? before?.idToken ?? '',
      expiresAt: now() + (answer.expires_in ?? LIFETIME_SECONDS) * 1_000,
    }
  }

  return {
    server,
    client,

    /** @throws what oauth4webapi throws: the response was refused, forged, or is not for this attempt */
    async redeem(address: URL, attempt: { state: string; nonce: string; codeVerifier: string; redirectUri: string; maxAgeSeconds?: number }) {
      const as = await server()
      const parameters = oauth.validateAuthResponse(as, client, address, attempt.state)
      const answer = await withNonce(async () => {
        const response = await oauth.authorizationCodeGrantRequest(as, client, oauth.None(), parameters, attempt.redirectUri, attempt.codeVerifier, { ...options, ...(await dpop()) })
        const expected = { expectedNonce: attempt.nonce, requireIdToken: true, ...(attempt.maxAgeSeconds !== undefined && { maxAge: attempt.maxAgeSeconds }) }
        return oauth.processAuthorizationCodeResponse(as, client, response, expected)
      })
      const tokens = tokensOf(answer)
      // Without a resource it is for UserInfo; the one for the API is asked for when it is first needed (RFC 8707, section 2.2).
      return { tokens: resource === undefined ? tokens : { ...tokens, expiresAt: 0 }, claims: oauth.getValidatedIdTokenClaims(answer)! }
    },

    /** The next tokens; undefined when the session has ended. @throws what oauth4webapi throws, when that cannot be said */
    async renew(tokens: Tokens): Promise<Tokens | undefined> {
      const { refreshToken } = tokens
      if (refreshToken === undefined) return undefined
      const as = await server()
      try {
        const answer = await withNonce(async () => {
          const response = await oauth.refreshTokenGrantRequest(as, client, oauth.None(), refreshToken, { ...options, ...(await dpop()), ...(resource && { additionalParameters: { resource } }) })
          return oauth.processRefreshTokenResponse(as, client, response)
        })
        return tokensOf(answer, tokens)
      } catch (error) {
        if (error instanceof oauth.ResponseBodyError && error.error === 'invalid_grant') return undefined
        throw error
      }
    },

    async userInfo(accessToken: string, subject: string): Promise<oauth.UserInfoResponse> {
      const as = await server()
      return withNonce(async () => oauth.processUserInfoResponse(as, client, subject, await oauth.userInfoRequest(as, client, accessToken, { ...options, ...(await dpop()) })))
    },

    /** A request to an API with the access token; the answer, whatever it is. */
    async show(accessToken: string, request: Request): Promise<Response> {
      const { method, url, headers } = request
      const body = request.body === null ? null : await request.clone().arrayBuffer()
      // What else the caller asked for (signal, cache, credentials) is of the request itself.
      const send = async () =>
        oauth.protectedResourceRequest(accessToken, method, new URL(url), headers, body, {
          ...(await dpop()),
          [oauth.allowInsecureRequests]: new URL(url).protocol === 'http:',
          [oauth.customFetch]: (_url: string, init: { headers: Record<string, string> }) => fetch(new Request(request.clone(), { headers: init.headers, redirect: 'error' })),
        })
      try {
        return await withNonce(send)
      } catch (error) {
        if (error instanceof oauth.WWWAuthenticateChallengeError) return error.response
        throw error
      }
    },
  }
}
