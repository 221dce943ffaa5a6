import { parseStrictJson } from '../../../domain/strict-json.ts'
import type { OAuthClientId } from '../../../domain/ids.ts'
import type { ClientRegistrationRules } from '../../settings/index.ts'
import { CLIENT_DOCUMENT_MAX_BYTES } from '../lifetimes.ts'
import type { ClientSurroundings } from '../metadata/field.ts'
import { completeMetadata, usesSecret } from '../metadata/client-metadata.ts'
import type { RegisteredClient } from '../registered-client.ts'
import { readRegistration } from '../registration/read-registration.ts'

/** draft-ietf-oauth-client-id-metadata-document section 4.1: nothing that would be a secret stands in the open. */
const SECRETS = ['client_secret', 'client_secret_expires_at']

/**
 * The client that a document describes, or nothing. It must say of itself that it is at this address, and its answers go
 * to the same origin or stay on the device, so that nobody sends them to somebody else in its name.
 */
export function readDocument(clientId: OAuthClientId, text: string, given: { rules: ClientRegistrationRules; surroundings: ClientSurroundings; now: number }): RegisteredClient | undefined {
  const document = Buffer.byteLength(text) <= CLIENT_DOCUMENT_MAX_BYTES ? parseObject(text) : undefined
  if (document?.['client_id'] !== clientId || SECRETS.some((name) => Object.hasOwn(document, name))) return undefined
  // Section 4.1: methods with a shared secret must not be used; RFC 7591 would mean one where nothing is said.
  const read = readRegistration({ token_endpoint_auth_method: 'none', ...document, ...NOT_TAKEN }, given.rules, given.surroundings)
  if (!read.ok) return undefined
  const { declared } = read.value
  const metadata = completeMetadata('third_party', declared)
  const { origin, host } = new URL(clientId)
  const isItsOwn = (uri: string) => new URL(uri).origin === origin || /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)[:/]/.test(uri)
  if (usesSecret(metadata) || !metadata.redirect_uris.every(isItsOwn)) return undefined
  return {
    clientId,
    // What it calls itself nobody has checked; the host is what it has shown to be its own.
    name: host,
    type: 'third_party',
    metadata,
    declared,
    provenance: 'document',
    registration: undefined,
    isFirstParty: false,
    isPublic: metadata.token_endpoint_auth_method === 'none',
    secrets: [],
    createdAt: given.now,
    updatedAt: given.now,
  }
}

/** Of no use to who is met at the moment alone: nothing is sent to an address that nobody registered. */
const NOT_TAKEN = { backchannel_logout_uri: null, backchannel_logout_session_required: null, frontchannel_logout_uri: null, frontchannel_logout_session_required: null, initiate_login_uri: null, subject_type: null, sector_identifier_uri: null, client_name: null }

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = parseStrictJson(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined
  } catch {
    return undefined
  }
}
