import { importJWK, type CryptoKey, type JWK } from 'jose'

export type KeySet = ReadonlyMap<string, CryptoKey>

const FETCH_TIMEOUT_MILLISECONDS = 3_000
const KEY_SET_MAX_BYTES = 256 * 1024

/**
 * Fetches a JWK Set (RFC 7517, section 5) and keeps its ES256 verification keys by key id.
 * Undefined when the server does not answer in time, answers something else, or answers no usable key.
 */
export async function fetchKeySet(url: string, fetch: typeof globalThis.fetch): Promise<KeySet | undefined> {
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(FETCH_TIMEOUT_MILLISECONDS),
    })
    if (!response.ok) {
      await response.body?.cancel()
      return undefined
    }
    const keySet = await importKeys(JSON.parse(await readBounded(response)))
    return keySet.size === 0 ? undefined : keySet
  } catch {
    return undefined
  }
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > KEY_SET_MAX_BYTES) throw new Error('JWK Set too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** RFC 7517, section 5: members that are not understood are ignored, the rest of the set stays usable. */
async function importKeys(document: unknown): Promise<KeySet> {
  const keySet = new Map<string, CryptoKey>()
  for (const jwk of (document as { keys: JWK[] }).keys) {
    if (typeof jwk.kid !== 'string' || jwk.kty !== 'EC' || jwk.crv !== 'P-256') continue
    if ((jwk.use ?? 'sig') !== 'sig' || (jwk.alg ?? 'ES256') !== 'ES256') continue
    try {
      const { kid, x, y } = jwk as JWK & { kid: string; x: string; y: string }
      const key = await importJWK({ kty: 'EC', crv: 'P-256', x, y }, 'ES256')
      if (!(key instanceof Uint8Array)) keySet.set(kid, key)
    } catch {
      continue
    }
  }
  return keySet
}
