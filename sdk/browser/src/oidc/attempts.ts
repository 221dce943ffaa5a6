import type { OidcPage } from './oidc-page.ts'

/** What a sign-in under way is checked by when it comes back. None of it is worth anything without the code. */
export interface Attempt {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
  /** Path, query and fragment. */
  readonly returnTo: string
  readonly maxAgeSeconds?: number
}

/** One a tab, since a tab can be only in one place. */
export function createAttempts(page: OidcPage, clientId: string) {
  const key = `gatepost:sign-in:${clientId}`
  return {
    keep: (attempt: Attempt) => page.storage.setItem(key, JSON.stringify(attempt)),
    /** The attempt of this state, which counts once; undefined when this tab began none. */
    take(state: string): Attempt | undefined {
      const kept = JSON.parse(page.storage.getItem(key) ?? 'null') as Attempt | null
      if (kept === null || kept.state !== state) return undefined
      page.storage.removeItem(key)
      return kept
    },
  }
}
