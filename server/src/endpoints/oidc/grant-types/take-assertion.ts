/** JWT bearer assertions as grants (RFC 7523 section 2.1): somebody whom a client trusts says for whom it acts. */
import type { JWTPayload } from 'jose'
import * as joseErrors from 'jose/errors'
import { decodeJwt } from 'jose/jwt/decode'
import { jwtVerify } from 'jose/jwt/verify'
import type { Client, ResourceServerInstance, TokenEndpointGrantContext } from 'oidc-provider'
import type Provider from 'oidc-provider'
import { errors } from 'oidc-provider'
import { buildTokenResponse } from 'oidc-provider/lib/helpers/grants.js'
import type { UserId } from '../../../domain/ids.ts'
import { isUuid } from '../../../domain/ids.ts'
import { sha256 } from '../../../platform/digest.ts'
import type { GuardedFetch } from '../../../platform/guarded-fetch.ts'
import type { TrustedIssuer } from '../../../services/clients/index.ts'
import { AUTH_SIGNING_ALGORITHMS, JWT_BEARER } from '../../../services/clients/index.ts'
import type { Grants } from '../../../services/grants/index.ts'
import { isFromTheFuture } from '../library/clock-skew.ts'
import { createIssuerKeys } from './issuer-keys.ts'
import { listOf, narrowScope, ON_BEHALF_MAX_TTL_SECONDS, onBehalfOf, seeSender, targetOf } from './on-behalf.ts'
import { unitOfWork } from '../library/unit-of-work.ts'

const PARAMETERS = ['assertion', 'scope', 'resource'] as const
/** An assertion is made for one request: one that is good for long is worth stealing. */
const ASSERTION_MAX_TTL_SECONDS = 5 * 60
const MAX_JTI_LENGTH = 255

interface AssertionDeps {
  readonly issuer: string
  readonly grants: Grants
  readonly guardedFetch: GuardedFetch
  readonly now: () => number
}
type Context = TokenEndpointGrantContext<Partial<Record<(typeof PARAMETERS)[number], unknown>>>
type Assertion = JWTPayload & { readonly iss: string; readonly sub: string; readonly exp: number; readonly jti: string }

export function offerAssertions(provider: Provider, deps: AssertionDeps): void {
  const keysOf = createIssuerKeys(deps)

  provider.registerGrantType(
    JWT_BEARER,
    async (ctx: Context) => {
      const { client, params } = ctx.oidc
      const trusted = typeof params.assertion === 'string' ? findTrusted(client, params.assertion) : undefined
      if (!trusted) throw notAcceptable()
      const assertion = await verify(String(params.assertion), trusted, deps, keysOf)
      const holder = trusted.subject === 'client' ? undefined : await findPerson(trusted, assertion.sub, deps.grants)
      if (trusted.subject === 'client' ? assertion.sub !== client.clientId : !holder) throw notAcceptable()

      const named = listOf(params.resource)
      const server = await targetOf(provider, ctx, named.length === 0 ? [deps.issuer] : named)
      const scope = narrowScope(params.scope, () => true, server)
      const bindToSender = await seeSender(provider, ctx)
      // Last of all, so that what is refused for another reason can be asked for again.
      if (!(await deps.grants.spendOnce('jwt_bearer_assertion', sha256(JSON.stringify([assertion.iss, assertion.jti])), assertion.exp * 1_000))) throw notAcceptable()

      const token = await issue(provider, ctx, { userId: holder, server, scope })
      await bindToSender(token)
      ctx.oidc.entity(token.kind, token)
      const accessToken = await token.save()
      const data = { client_id: client.clientId, issuer: assertion.iss, audience: server.identifier(), scope }
      unitOfWork().changes.push({ change: 'record_event', type: 'token.issued_for_assertion', userId: holder ?? null, data })
      ctx.body = buildTokenResponse(provider, { accessToken, tokenType: token.tokenType, expiresIn: token.expiration, scope })
    },
    PARAMETERS,
    ['resource'],
  )
}

/** RFC 7523 section 3.1. Which of its rules did not hold is nobody's business. */
function notAcceptable(): Error {
  return new errors.InvalidGrant('assertion is not acceptable')
}

/** Who says that they made it; whether they did is asked of their keys alone. */
function findTrusted(client: Client, assertion: string): TrustedIssuer | undefined {
  try {
    const { iss } = decodeJwt(assertion)
    return onBehalfOf(client).trusted_issuers.find(({ issuer }) => issuer === iss)
  } catch {
    return undefined
  }
}

/** RFC 7523 section 3, and the audience as strictly as of client assertions (draft-ietf-oauth-rfc7523bis). */
async function verify(assertion: string, trusted: TrustedIssuer, { issuer, now }: AssertionDeps, keysOf: ReturnType<typeof createIssuerKeys>): Promise<Assertion> {
  const seconds = now() / 1_000
  try {
    const { payload, protectedHeader } = await jwtVerify<Assertion>(assertion, keysOf(trusted), {
      algorithms: [...AUTH_SIGNING_ALGORITHMS],
      issuer: trusted.issuer,
      requiredClaims: ['sub', 'aud', 'exp', 'jti'],
      currentDate: new Date(now()),
    })
    const isPlain = protectedHeader.typ === undefined || protectedHeader.typ.toLowerCase() === 'jwt'
    const isTimely = payload.exp <= seconds + ASSERTION_MAX_TTL_SECONDS && !isFromTheFuture(payload, now())
    const isNamed = typeof payload.sub === 'string' && typeof payload.jti === 'string' && payload.jti !== '' && payload.jti.length <= MAX_JTI_LENGTH
    if (isPlain && isTimely && isNamed && payload.aud === issuer) return payload
  } catch (error) {
    if (!(error instanceof joseErrors.JOSEError) && !(error instanceof TypeError)) throw error
  }
  throw notAcceptable()
}

async function findPerson({ subject }: TrustedIssuer, sub: string, grants: Grants): Promise<UserId | undefined> {
  const holder = subject === 'email' ? await grants.findHolderByEmail(sub) : isUuid(sub) ? await grants.findHolder(sub as UserId) : undefined
  return holder && holder.disabledAt === null && !holder.isAnonymous ? holder.id : undefined
}

/** Of a person's: under a grant of its own, as long as the token, which ends with their access in the settings. No refresh token. */
async function issue(provider: Provider, { oidc: { client } }: Context, { userId, server, scope }: { userId: UserId | undefined; server: ResourceServerInstance; scope: string }) {
  const expiresIn = Math.min(ON_BEHALF_MAX_TTL_SECONDS, Number(server.accessTokenTTL ?? client['gatepost_access_token_ttl']))
  const about = { client, scope, expiresIn, resourceServer: server }
  if (userId === undefined) return new provider.ClientCredentials(about)
  const grant = new provider.Grant({ accountId: userId, clientId: client.clientId, expiresIn } as never)
  grant.addResourceScope(server.identifier(), scope)
  return new provider.AccessToken({ ...about, accountId: userId, grantId: await grant.save(), gty: 'jwt_bearer' })
}
