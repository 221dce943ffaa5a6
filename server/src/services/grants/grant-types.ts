import type { ArtifactKind } from '../../domain/artifact-kind.ts'
import type { GrantId, OAuthClientId, SessionId, UserId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import type { UserRecord } from '../sessions/index.ts'
import type { ConsentRequests } from './consent-request-types.ts'
import type { SignInRequests } from './sign-in-requests.ts'

/** JSON, as the provider reads and writes it. */
export type Payload = Readonly<Record<string, unknown>>

export interface StoredArtifact {
  readonly payload: Payload
  /** Milliseconds UTC. */
  readonly consumedAt: number | null
  /** It ends when this session is ended, and unless it outlives it also when that runs out. */
  readonly sessionId: SessionId | null
  readonly outlivesSession: boolean
  /** What it was issued under. */
  readonly grant: { readonly id: GrantId; readonly payload: Payload } | undefined
  /** When it is over by itself, with its grant or session at the latest; milliseconds UTC. */
  readonly endsAt: number
  /** Whose grant that is, as they are now. */
  readonly holder: UserRecord | undefined
}

/** One thing to write. Instants are milliseconds UTC; `value` is what the holder presents and is never stored itself. */
export type GrantChange =
  | {
      readonly change: 'save'
      readonly kind: ArtifactKind
      readonly value: string
      /** It was found before, and is replaced. */
      readonly isKnown: boolean
      readonly payload: Payload
      readonly expiresAt: number
      readonly grantId: GrantId | null
      readonly clientId: OAuthClientId | null
      readonly sessionId: SessionId | null
      readonly outlivesSession: boolean
      readonly userCode: string | null
    }
  | { readonly change: 'consume'; readonly kind: ArtifactKind; readonly value: string }
  | { readonly change: 'delete'; readonly kind: ArtifactKind; readonly value: string; readonly clientId: OAuthClientId | null }
  /** Of what was never kept, from now on: there is a row of it, which is over. */
  | { readonly change: 'revoke_unkept'; readonly kind: ArtifactKind; readonly value: string; readonly clientId: OAuthClientId; readonly expiresAt: number }
  | {
      readonly change: 'save_grant'
      readonly id: GrantId
      readonly isKnown: boolean
      readonly userId: UserId
      readonly clientId: OAuthClientId
      readonly sessionId: SessionId | null
      readonly payload: Payload
      readonly expiresAt: number
    }
  /** What follows in this commit is granted by the person's consent, which must not have been taken back meanwhile. */
  | { readonly change: 'require_consent'; readonly userId: UserId; readonly clientId: OAuthClientId }
  /** What is worth knowing afterwards, and of whom. */
  | { readonly change: 'record_event'; readonly type: 'token.exchanged' | 'token.issued_for_assertion'; readonly userId: UserId | null; readonly data: Readonly<Record<string, string | null>> }
  | { readonly change: 'revoke_grant'; readonly id: GrantId }
  /** A client that registered itself is in use. */
  | { readonly change: 'note_client_use'; readonly clientId: OAuthClientId }
  | { readonly change: 'put_client_session'; readonly sessionId: SessionId; readonly clientId: OAuthClientId; readonly sid: string; readonly grantId: GrantId | null }

export interface ClientSession {
  readonly clientId: OAuthClientId
  readonly sid: string
  readonly grantId: GrantId | null
}

export interface Consent {
  readonly clientId: OAuthClientId
  readonly scopes: readonly string[]
  readonly updatedAt: number
}

export interface Grants extends ConsentRequests, SignInRequests {
  /** Undefined also for what is over with its session, its grant or its account. */
  find(kind: ArtifactKind, value: string): Promise<StoredArtifact | undefined>
  findGrant(id: GrantId): Promise<Payload | undefined>
  /** Whose proven address it is, disabled or not. */
  findHolderByEmail(email: string): Promise<UserRecord | undefined>
  /** Who granted, as they are now, disabled or not. */
  findHolder(userId: UserId): Promise<UserRecord | undefined>
  /** Where the session signed in. */
  clientSessions(sessionId: SessionId): Promise<ClientSession[]>
  /** All of it in one transaction, or nothing of it: what was to be consumed was so before, or what was to be kept is gone. */
  commit(changes: readonly GrantChange[]): Promise<Result<undefined, 'already_spent'>>
  /** True for exactly one of any number of parallel calls: a `jti` of an assertion or a proof of possession. */
  spendOnce(purpose: 'client_assertion' | 'jwt_bearer_assertion' | 'dpop_proof', key: string, expiresAt: number): Promise<boolean>
  /** The scopes that the person agreed to give the client. */
  consentOf(userId: UserId, clientId: OAuthClientId): Promise<ReadonlySet<string>>
}
