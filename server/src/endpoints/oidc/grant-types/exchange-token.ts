/** Token exchange (RFC 8693): a client that was called by a token of a person calls on with one of its own, narrower and shorter. */
import type { AccessToken, ResourceServerInstance, TokenEndpointGrantContext } from 'oidc-provider'
import type Provider from 'oidc-provider'
import { errors } from 'oidc-provider'
import { buildTokenResponse } from 'oidc-provider/lib/helpers/grants.js'
import type { GrantId } from '../../../domain/ids.ts'
import { OF_A_SESSION, TOKEN_EXCHANGE } from '../../../services/clients/index.ts'
import type { Grants } from '../../../services/grants/index.ts'
import { keptName } from '../../../services/grants/index.ts'
import type { Subjects } from '../../../services/subjects/index.ts'
import type { Actor } from '../tokens/act-claim.ts'
import { countActors, setActor } from '../tokens/act-claim.ts'
import { listOf, narrowScope, ON_BEHALF_MAX_TTL_SECONDS, onBehalfOf, seeSender, targetOf } from './on-behalf.ts'
import type { PresentedToken, PresentedTokenDeps } from '../tokens/presented-token.ts'
import { readPresentedToken } from '../tokens/presented-token.ts'
import { unitOfWork } from '../library/unit-of-work.ts'

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
const JWT = 'urn:ietf:params:oauth:token-type:jwt'
const PARAMETERS = ['subject_token', 'subject_token_type', 'actor_token', 'actor_token_type', 'requested_token_type', 'audience', 'resource', 'scope'] as const
/** Services that call one another in turn; a longer chain is a circle. */
const MAX_ACTORS = 5

type ExchangeDeps = PresentedTokenDeps & { readonly grants: Grants; readonly subjects: Subjects }
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
  const act = await readActor(provider, deps, ctx, subject)

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
  await (await seeSender(provider, ctx))(token)
  ctx.oidc.entity('AccessToken', token)
  const value = await token.save()
  const grantId = subject.grantId ?? (await grantInSession(provider, ctx, subject, { server, scope, expiresIn }))
  endWithSubject(token, value, { ...subject, grantId })
  noteExchange(ctx, subject, { act, audience: server.identifier(), scope })
  ctx.body = buildTokenResponse(provider, { accessToken: value, tokenType: token.tokenType, expiresIn, scope, issuedTokenType: ACCESS_TOKEN })
}

/**
 * Who acts. Delegation names the client, or whom it has a token for; impersonation names nobody, though whoever acted
 * before is kept: a chain does not get shorter by going on.
 */
async function readActor(provider: Provider, deps: ExchangeDeps, ctx: Context, subject: PresentedToken): Promise<Actor | undefined> {
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
  const registered = await deps.clients.find(client.clientId)
  const sub = actor?.userId === undefined || !registered ? client.clientId : await deps.subjects.subjectFor(actor.userId, registered)
  const act: Actor = { sub, client_id: client.clientId, ...(subject.act ? { act: subject.act } : {}) }
  if (countActors(act) > MAX_ACTORS) throw new errors.InvalidRequest('too many acted already')
  return act
}

/** A session has no grant to keep the token under: the client is given one in it, for as long as the token lives. */
async function grantInSession(provider: Provider, { oidc: { client } }: Context, { userId, sessionId }: PresentedToken, given: { server: ResourceServerInstance; scope: string; expiresIn: number }): Promise<GrantId> {
  const { changes } = unitOfWork()
  const grant = new provider.Grant({ accountId: userId, clientId: client.clientId, expiresIn: given.expiresIn } as never)
  grant.addResourceScope(given.server.identifier(), given.scope)
  const id = (await grant.save()) as GrantId
  const index = changes.findLastIndex((one) => one.change === 'save_grant' && one.id === id)
  const saved = changes[index]
  if (saved?.change === 'save_grant') changes[index] = { ...saved, sessionId }
  return id
}

/** The token is another client's, and its life is the subject's: it is kept under the same grant and session. */
function endWithSubject(token: AccessToken, value: string, { grantId, sessionId, outlivesSession }: PresentedToken): void {
  const { changes } = unitOfWork()
  const { jti } = token as unknown as { jti: string }
  const index = changes.findLastIndex((one) => one.change === 'save' && one.kind === 'access_token' && (one.value === jti || one.value === keptName(value)))
  const saved = changes[index]
  if (saved?.change !== 'save') throw new Error('a token that was just issued is not kept')
  changes[index] = { ...saved, grantId, sessionId, outlivesSession }
}

function noteExchange(ctx: Context, { userId, clientId }: PresentedToken, { act, audience, scope }: { act: Actor | undefined; audience: string; scope: string }): void {
  const { client } = ctx.oidc
  const data = { client_id: client.clientId, subject_client_id: clientId ?? null, actor: act?.sub ?? null, audience, scope, mode: onBehalfOf(client).token_exchange_mode }
  unitOfWork().changes.push({ change: 'record_event', type: 'token.exchanged', userId: userId ?? null, data })
}
