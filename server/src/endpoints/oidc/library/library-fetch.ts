import type { GuardedFetch } from '../../../platform/guarded-fetch.ts'

const TIMEOUT_MS = 3_000

/** How the library reads what a client published, its keys above all: by the one way out that an attacker's address may take. */
export function createLibraryFetch(guardedFetch: GuardedFetch): (url: string | URL, options?: { headers?: unknown }) => Promise<Response> {
  return async (url, options = {}) => {
    const headers = Object.fromEntries(new Headers(options.headers as Record<string, string>))
    // It has none to tell, and sends an empty one.
    const { 'user-agent': _none, ...sent } = headers
    const answer = await guardedFetch({ url: String(url), method: 'GET', headers: sent, timeoutMs: TIMEOUT_MS })
    if (answer.outcome === 'failed') throw new Error(`could not be fetched: ${answer.failure}`)
    const received = Object.entries(answer.headers).flatMap(([name, value]) => (typeof value === 'string' && KEPT.has(name) ? [[name, value] as [string, string]] : []))
    return new Response(answer.body, { status: answer.status, headers: received })
  }
}

/** How long it stands is what the library reads of them. */
const KEPT: ReadonlySet<string> = new Set(['content-type', 'cache-control', 'expires'])
