/** Tokens of ours that somebody shows to the token endpoint (RFC 8693 section 2.1): whose they are, and whether they stand. */
import type Provider from 'oidc-provider'
import type { GrantId, OAuthClientId, SessionId, UserId } from '../../../domain/ids.ts'
import { isOwnToken } from '../../../protocols/client-access-token.ts'
import type { Clients } from '../../../services/clients/index.ts'
import type { Grants } from '../../../services/grants/index.ts'
import { keptName, revokedName } from '../../../services/grants/index.ts'
import type { Sessions } from '../../../services/sessions/index.ts'
import type { Actor } from './act-claim.ts'
import type { ReadJwt } from './jwt-access-tokens.ts'

export interface PresentedToken {
  /** Undefined of a client that acts for itself. */
  readonly userId: UserId | undefined
  /** Undefined of a session. */
  readonly clientId: OAuthClientId | undefined
  /** Undefined of a session, which is limited by none. */
  readonly scopes: ReadonlySet<string> | undefined
  /** Seconds since the epoch. */
  readonly expiresAt: number
  readonly act: Actor | undefined
  /** What it ends with. */
  readonly grantId: GrantId | null
  readonly sessionId: SessionId | null
  readonly outlivesSession: boolean
}

export interface PresentedTokenDeps {
  readonly readJwt: ReadJwt
  readonly sessions: Pick<Sessions, 'authenticate'>
  readonly grants: Pick<Grants, 'find'>
  readonly clients: Pick<Clients, 'find'>
  readonly now: () => number
}

/** Of the library's tokens, what is read here. */
interface LibraryToken {
  readonly accountId?: string
  readonly clientId?: string
  readonly scope?: string
  readonly exp?: number
  readonly jti?: string
  readonly grantId?: string
  readonly extra?: { readonly act?: Actor }
  isSenderConstrained(): boolean
}

/** Undefined for whatever is none of ours, is over, or is bound to a key: who shows it here cannot prove that they have that. */
export async function readPresentedToken(provider: Provider, deps: PresentedTokenDeps, value: string): Promise<PresentedToken | undefined> {
  const isJwt = value.split('.').length === 3
  const found = isJwt ? await readJwt(deps, value) : await readOpaque(provider, deps, value)
  if (!found || found.expiresAt <= deps.now() / 1_000) return undefined
  // What was given to a client that is gone went with it, whatever grant it is under.
  return found.clientId === undefined || (await deps.clients.find(found.clientId)) ? found : undefined
}

async function readOpaque(provider: Provider, { grants }: PresentedTokenDeps, value: string): Promise<PresentedToken | undefined> {
  const found = (await provider.AccessToken.find(value)) ?? (await provider.ClientCredentials.find(value))
  const token = found as unknown as LibraryToken | undefined
  if (token?.exp === undefined || token.isSenderConstrained()) return undefined
  // What it ends with is a matter of its row: of an exchanged token it is what that was exchanged for.
  const stored = token.accountId === undefined ? undefined : await grants.find('access_token', value)
  return {
    userId: token.accountId as UserId | undefined,
    clientId: token.clientId as OAuthClientId,
    scopes: scopesOf(token.scope),
    expiresAt: token.exp,
    act: token.extra?.act,
    ...endsOf(stored),
  }
}

async function readJwt(deps: PresentedTokenDeps, value: string): Promise<PresentedToken | undefined> {
  const claims = deps.readJwt(value)
  if (!claims) return readSession(deps, value)
  if (claims.cnf !== undefined) return undefined
  const of = { clientId: claims.client_id as OAuthClientId, scopes: scopesOf(claims.scope), expiresAt: claims.exp, act: claims.act as Actor | undefined }
  if (isOwnToken(claims)) return (await deps.grants.find('client_credentials', revokedName(claims.jti))) ? undefined : { userId: undefined, ...of, ...endsOf(undefined) }
  // Of a person's a row is kept: whose it is and what it ends with.
  const kept = await deps.grants.find('access_token', keptName(value))
  return kept && { userId: kept.payload['accountId'] as UserId, ...of, ...endsOf(kept) }
}

type Ends = Pick<PresentedToken, 'grantId' | 'sessionId' | 'outlivesSession'>

async function readSession({ sessions }: PresentedTokenDeps, value: string): Promise<PresentedToken | undefined> {
  const authenticated = await sessions.authenticate(value)
  if (!authenticated.ok || authenticated.value.user.isAnonymous) return undefined
  const { user, session, tokenExpiresAt } = authenticated.value
  return { userId: user.id, clientId: undefined, scopes: undefined, expiresAt: Math.floor(tokenExpiresAt / 1_000), act: undefined, grantId: null, sessionId: session.id, outlivesSession: false }
}

function endsOf(stored: Awaited<ReturnType<Grants['find']>>): Ends {
  return { grantId: stored?.grant?.id ?? null, sessionId: stored?.sessionId ?? null, outlivesSession: stored?.outlivesSession ?? true }
}

function scopesOf(scope: string | undefined): ReadonlySet<string> {
  return new Set(scope?.split(' '))
}
