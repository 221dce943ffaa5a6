import type { OAuthClientId } from '../../domain/ids.ts'
import type { OAuthClientType } from '../../domain/oauth-client.ts'
import type { OAuthClientSecretTable, OAuthClientTable } from '../../persistence/index.ts'
import type { ClientMetadata, DeclaredMetadata } from './metadata/client-metadata.ts'
import { completeMetadata, isPublicType, usesSecret } from './metadata/client-metadata.ts'

/** A client as the provider meets it. */
export interface RegisteredClient {
  readonly clientId: OAuthClientId
  readonly name: string
  readonly type: OAuthClientType
  /** Whole: defaults are filled in. Of a stored client nothing is checked again; it was when it was written. */
  readonly metadata: ClientMetadata
  /** What of it was declared. */
  readonly declared: DeclaredMetadata
  /** Who told us of it: an operator; the client itself, which registered (RFC 7591); a document at its client id, which is an address. */
  readonly provenance: 'operator' | 'registered' | 'document'
  /** Of one that registered itself. */
  readonly registration: { readonly at: number; readonly tokenHash: string; readonly softwareStatement: string | undefined; readonly lastUsedAt: number | null } | undefined
  /** Ours to trust: nobody is asked for consent. */
  readonly isFirstParty: boolean
  /** Shows no proof of who it is, and therefore uses PKCE (RFC 9700 section 2.1.1). */
  readonly isPublic: boolean
  /** Live ones, newest first, two at most. Hashes verify a secret that is shown, and nothing more: no `client_secret_jwt`, no HS256. */
  readonly secrets: readonly { readonly hash: string; readonly createdAt: number; readonly expiresAt: number | null }[]
  readonly createdAt: number
  readonly updatedAt: number
}

export function describeClient(row: OAuthClientTable, secrets: readonly OAuthClientSecretTable[], now: number): RegisteredClient {
  const declared = JSON.parse(row.metadata) as DeclaredMetadata
  const metadata = completeMetadata(row.type, declared)
  return {
    clientId: row.client_id,
    name: row.name,
    type: row.type,
    metadata,
    declared,
    provenance: row.registered_at === null ? 'operator' : 'registered',
    registration: registrationOf(row),
    isFirstParty: row.type !== 'third_party',
    isPublic: isPublicType(row.type) || metadata.token_endpoint_auth_method === 'none',
    secrets: usesSecret(metadata) ? secrets.filter((one) => isLive(one, now)).map((one) => ({ hash: one.secret_hash, createdAt: one.created_at, expiresAt: one.expires_at })) : [],
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

function registrationOf({ registered_at: at, registration_token_hash: hash, software_statement: statement, last_used_at: lastUsedAt }: OAuthClientTable): RegisteredClient['registration'] {
  return at === null ? undefined : { at, tokenHash: hash ?? '', softwareStatement: statement ?? undefined, lastUsedAt }
}

function isLive({ expires_at: expiresAt }: OAuthClientSecretTable, now: number): boolean {
  return expiresAt === null || expiresAt > now
}
