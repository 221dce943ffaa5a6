import type { GuardedFetch } from '../../../platform/guarded-fetch.ts'
import { parseStrictJson } from '../../../domain/strict-json.ts'
import type { DeclaredMetadata } from '../metadata/client-metadata.ts'

const FETCH_TIMEOUT_MS = 3_000

/**
 * OpenID Connect Registration 1.0 section 5: what is at the `sector_identifier_uri` lists every redirect URI of the client, or
 * anybody could join the sector of another. Gives what is wrong, or nothing.
 */
export async function findSectorProblem({ sector_identifier_uri: uri, redirect_uris: redirects = [] }: DeclaredMetadata, guardedFetch: GuardedFetch): Promise<string | undefined> {
  if (uri === undefined) return undefined
  const answer = await guardedFetch({ url: uri, method: 'GET', headers: { accept: 'application/json' }, timeoutMs: FETCH_TIMEOUT_MS })
  if (answer.outcome === 'failed' || answer.status !== 200) return 'sector_identifier_uri: cannot be read'
  const listed = readList(answer.body)
  if (!listed) return 'sector_identifier_uri: must lead to a JSON array of redirect URIs'
  return redirects.every((one) => listed.includes(one)) ? undefined : 'sector_identifier_uri: does not list every redirect URI'
}

function readList(text: string): readonly unknown[] | undefined {
  try {
    const value = parseStrictJson(text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
