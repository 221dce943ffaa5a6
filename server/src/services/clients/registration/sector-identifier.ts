import type { GuardedFetch } from '../../../platform/guarded-fetch.ts'
import { parseStrictJson } from '../../../domain/strict-json.ts'
import type { DeclaredMetadata } from '../metadata/client-metadata.ts'
import { DEVICE_CODE } from '../metadata/client-metadata.ts'

const FETCH_TIMEOUT_MS = 3_000

/**
 * OpenID Connect Registration 1.0 section 5: what is at the `sector_identifier_uri` lists every redirect URI of the client, or
 * anybody could join the sector of another; a device has none to list, and there its keys stand in their place. Gives what is wrong, or nothing.
 */
export async function findSectorProblem({ sector_identifier_uri: uri, redirect_uris: redirects = [], grant_types: grants = [], jwks_uri: keys }: DeclaredMetadata, guardedFetch: GuardedFetch): Promise<string | undefined> {
  if (uri === undefined) return undefined
  const answer = await guardedFetch({ url: uri, method: 'GET', headers: { accept: 'application/json' }, timeoutMs: FETCH_TIMEOUT_MS })
  if (answer.outcome === 'failed' || answer.status !== 200) return 'sector_identifier_uri: cannot be read'
  const listed = readList(answer.body)
  if (!listed) return 'sector_identifier_uri: must lead to a JSON array of redirect URIs'
  if (!redirects.every((one) => listed.includes(one))) return 'sector_identifier_uri: does not list every redirect URI'
  return grants.includes(DEVICE_CODE) && !listed.includes(keys) ? 'sector_identifier_uri: does not list jwks_uri, as it must for device_code' : undefined
}

function readList(text: string): readonly unknown[] | undefined {
  try {
    const value = parseStrictJson(text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
