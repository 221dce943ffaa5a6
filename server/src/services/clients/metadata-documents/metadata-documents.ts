import type { OAuthClientId } from '../../../domain/ids.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { GuardedFetch } from '../../../platform/guarded-fetch.ts'
import type { Limits } from '../../limits/index.ts'
import type { ClientRegistrationRules, Settings } from '../../settings/index.ts'
import { CLIENT_DOCUMENT_MAX_AGE_MS, CLIENT_DOCUMENT_MIN_AGE_MS, CLIENT_DOCUMENTS_AT_ONCE, CLIENT_DOCUMENTS_REMEMBERED } from '../lifetimes.ts'
import type { ClientSurroundings } from '../metadata/field.ts'
import type { RegisteredClient } from '../registered-client.ts'
import { readDocumentAddress } from './document-address.ts'
import { readDocument } from './read-document.ts'

const FETCH_TIMEOUT_MS = 3_000

export interface MetadataDocuments {
  /** The client whose id is the address of the document that describes it; undefined for whatever is wrong with either. */
  find(clientId: string): Promise<RegisteredClient | undefined>
}

interface Remembered {
  readonly text: string
  readonly until: number
}

/**
 * Clients that a document at their client id describes (draft-ietf-oauth-client-id-metadata-document). What was fetched is
 * remembered as text, a while, and read by the settings of the moment; what was wrong never is (section 6.5).
 */
export function createMetadataDocuments(deps: { clock: Clock; settings: Settings; limits: Limits; guardedFetch: GuardedFetch; surroundings: ClientSurroundings }): MetadataDocuments {
  const { clock, settings, limits, guardedFetch, surroundings } = deps
  const documents = new Map<OAuthClientId, Remembered>()
  const underWay = new Map<OAuthClientId, Promise<string | undefined>>()

  async function fetchText(clientId: OAuthClientId): Promise<string | undefined> {
    const known = documents.get(clientId)
    if (known && known.until > clock.now()) return known.text
    documents.delete(clientId)
    if (underWay.size >= CLIENT_DOCUMENTS_AT_ONCE) return undefined
    if (await limits.take('client_documents_per_host', new URL(clientId).host)) return undefined
    const answer = await guardedFetch({ url: clientId, method: 'GET', headers: { accept: 'application/json' }, timeoutMs: FETCH_TIMEOUT_MS })
    if (answer.outcome === 'failed' || answer.status !== 200) return undefined
    if (!/^application\/([a-z0-9.-]+\+)?json\s*(;|$)/i.test(answer.headers['content-type'] ?? '')) return undefined
    remember(clientId, { text: answer.body, until: clock.now() + ageOf(answer.headers['cache-control']) })
    return answer.body
  }

  function remember(clientId: OAuthClientId, document: Remembered): void {
    documents.set(clientId, document)
    const oldest = documents.size > CLIENT_DOCUMENTS_REMEMBERED ? documents.keys().next().value : undefined
    if (oldest !== undefined) documents.delete(oldest)
  }

  /** Asked for by many at once, it is fetched once. */
  function textOf(clientId: OAuthClientId): Promise<string | undefined> {
    const fetching = underWay.get(clientId) ?? fetchText(clientId).finally(() => underWay.delete(clientId))
    underWay.set(clientId, fetching)
    return fetching
  }

  return {
    async find(given) {
      const clientId = readDocumentAddress(given, surroundings)
      if (clientId === undefined) return undefined
      const { client_registration: rules } = await settings.document()
      if (!isTaken(clientId, rules)) return undefined
      const text = await textOf(clientId)
      const client = text === undefined ? undefined : readDocument(clientId, text, { rules, surroundings, now: clock.now() })
      if (!client) documents.delete(clientId)
      return client
    },
  }
}

function isTaken(clientId: OAuthClientId, { metadata_documents: mode, metadata_document_hosts: hosts }: ClientRegistrationRules): boolean {
  return mode === 'on' && (hosts.length === 0 || hosts.includes(new URL(clientId).host))
}

/** What `Cache-Control` says (RFC 9111 section 5.2.2.1), within our bounds. */
function ageOf(cacheControl: string | undefined): number {
  const seconds = Number(/(?:^|,)\s*max-age=(\d{1,9})/i.exec(cacheControl ?? '')?.[1] ?? 0)
  return Math.min(Math.max(seconds * 1_000, CLIENT_DOCUMENT_MIN_AGE_MS), CLIENT_DOCUMENT_MAX_AGE_MS)
}
