/** Token exchange (RFC 8693): a client that was called by a token of a person calls on with one of its own, narrower and shorter. */
import type { AccessToken, TokenEndpointGrantContext } from 'oidc-provider'
import type Provider from 'oidc-provider'
import { errors } from 'oidc-provider'
import { buildTokenResponse } from 'oidc-provider/lib/helpers/grants.js'
import type { OAuthClientId, UserId } from '../../domain/ids.ts'
import { OF_A_SESSION } from '../../services/clients/index.ts'
import type { Grants } from '../../services/grants/index.ts'
import type { Actor } from './act-claim.ts'
import { countActors, setActor } from './act-claim.ts'
import { constrainSender, listOf, narrowScope, ON_BEHALF_MAX_TTL_SECONDS, onBehalfOf, targetOf } from './on-behalf.ts'
import type { PresentedToken, PresentedTokenDeps } from './presented-token.ts'
import { readPresentedToken } from './presented-token.ts'
import { unitOfWork } from './unit-of-work.ts'

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
const JWT = 'urn:ietf:params:oauth:token-type:jwt'
const PARAMETERS = ['subject_token', 'subject_token_type', 'actor_token', 'actor_token_type', 'requested_token_type', 'audience', 'resource', 'scope'] as const
/** Services that call one another in turn; a longer chain is a circle. */
const MAX_ACTORS = 5

type ExchangeDeps = PresentedTokenDeps & { readonly grants: Grants }
type Context = TokenEndpointGrantContext<Partial<Record<(typeof PARAMETERS)[number], unknown>>>

export function offerTokenExchange(provider: Provider, deps: ExchangeDeps): void {
  provider.registerGrantType(TOKEN_EXCHANGE, (ctx: Context) => exchange(provider, deps, ctx), PARAMETERS, ['audience', 'resource'])
}

async function exchange(provider: Provider, deps: ExchangeDeps, ctx: Context): Promise<void> {
  const { client, params } = ctx.oidc
  const policy = onBehalfOf(client)
  const isOfKind = (value: unknown) => value === ACCESS_TOKEN || value === JWT
  if (params.requested_token_type !== undefined && params.requested_token_type !== ACCESS_TOKEN) throw new errors.InvalidRequest('requested_token_type must be an access token')
  if (typeof params.subject_token !== 'string' || !isOfKind(params.subject_token_type)) throw new errors.InvalidRequest('subject_token must be given, with the type of an access token')

  const subject = await readPresentedToken(provider, deps, params.subject_token)
  const isAllowed = subject?.userId !== undefined && policy.token_exchange_subjects.includes(subject.clientId ?? OF_A_SESSION)
  const holder = isAllowed ? await deps.grants.findHolder(subject.userId) : undefined
  // RFC 8693 section 2.2.2. Which of these it was is nobody's business.
  if (!subject || !holder || holder.disabledAt !== null) throw new errors.InvalidRequest('subject_token is not acceptable')
  const act = await actorOf(provider, deps, ctx, subject)

  const { token_exchange_audiences: audiences } = policy
  const named = [...new Set([...listOf(params.audience), ...listOf(params.resource)])]
  if (named.some((one) => !audiences.includes(one))) throw new errors.InvalidTarget('the client may not have tokens for this resource')
  const server = await targetOf(provider, ctx, named.length === 0 ? audiences : named)
  const scope = narrowScope(params.scope, (one) => subject.scopes?.has(one) ?? true, server)

  const seconds = Math.floor(subject.expiresAt - deps.now() / 1_000)
  const expiresIn = Math.min(seconds, ON_BEHALF_MAX_TTL_SECONDS, Number(server.accessTokenTTL ?? client['gatepost_access_token_ttl']))
  if (expiresIn < 1) throw new errors.InvalidRequest('subject_token is not acceptable')
  const token = new provider.AccessToken({
    accountId: holder.id,
    client,
    gty: 'token_exchange',
    scope,
    expiresIn,
    resourceServer: server,
    ...(subject.sessionId === null ? {} : { sessionUid: subject.sessionId }),
    ...(subject.sessionId === null || subject.outlivesSession ? {} : { expiresWithSession: true }),
  } as never)
  if (act) setActor(token, act)
  await constrainSender(provider, ctx, token)
  ctx.oidc.entity('AccessToken', token)
  const value = await token.save()
  endWithSubject(token, subject, deps.now() + expiresIn * 1_000)
  noteExchange(ctx, subject, { act, audience: server.identifier(), scope })
  ctx.body = buildTokenResponse(provider, { accessToken: value, tokenType: token.tokenType, expiresIn, scope, issuedTokenType: ACCESS_TOKEN })
}

/**
 * Who acts. Delegation names the client, or whom it has a token for; impersonation names nobody, though whoever acted
 * before is kept: a chain does not get shorter by going on.
 */
async function actorOf(provider: Provider, deps: ExchangeDeps, ctx: Context, subject: PresentedToken): Promise<Actor | undefined> {
  const { client, params } = ctx.oidc
  const isGiven = params.actor_token !== undefined
  // RFC 8693 section 2.1.
  if (isGiven !== (params.actor_token_type !== undefined)) throw new errors.InvalidRequest('actor_token and actor_token_type must be given together')
  if (onBehalfOf(client).token_exchange_mode === 'impersonation') {
    if (isGiven) throw new errors.InvalidRequest('the client has no actors: it impersonates')
    return subject.act
  }
  const actor = isGiven && typeof params.actor_token === 'string' ? await readPresentedToken(provider, deps, params.actor_token) : undefined
  if (isGiven && (actor?.clientId !== client.clientId || ![ACCESS_TOKEN, JWT].includes(String(params.actor_token_type)))) throw new errors.InvalidRequest('actor_token is not acceptable')
  const act: Actor = { sub: actor?.userId ?? client.clientId, client_id: client.clientId, ...(subject.act ? { act: subject.act } : {}) }
  if (countActors(act) > MAX_ACTORS) throw new errors.InvalidRequest('too many acted already')
  return act
}

/** The token is another client's, and its life is the subject's: it is kept under the same grant and session. */
function endWithSubject(token: AccessToken, { grantId, sessionId, outlivesSession }: PresentedToken, expiresAt: number): void {
  const { changes } = unitOfWork()
  const { jti, clientId, accountId } = token as unknown as { jti: string; clientId: OAuthClientId; accountId: UserId }
  const index = changes.findLastIndex((one) => one.change === 'save' && one.kind === 'access_token' && one.value === jti)
  const saved = changes[index]
  if (saved?.change === 'save') changes[index] = { ...saved, grantId, sessionId, outlivesSession }
  // A signed one is not kept: what it ends with is noted, for when it is exchanged in turn.
  else changes.push({ change: 'save', kind: 'exchanged_token', value: jti, isKnown: false, payload: { clientId, accountId }, expiresAt, grantId, clientId, sessionId, outlivesSession, userCode: null })
}

function noteExchange(ctx: Context, { userId, clientId }: PresentedToken, { act, audience, scope }: { act: Actor | undefined; audience: string; scope: string }): void {
  const { client } = ctx.oidc
  const data = { client_id: client.clientId, subject_client_id: clientId ?? null, actor: act?.sub ?? null, audience, scope, mode: onBehalfOf(client).token_exchange_mode }
  unitOfWork().changes.push({ change: 'record_event', type: 'token.exchanged', userId: userId ?? null, data })
}
