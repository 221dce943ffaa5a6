import type { Clock } from '../clock.ts'
import { listCookieNames, readSingleCookie } from '../read-cookie.ts'
import type { RequestHeaders } from '../read-header.ts'
import { createSeal } from './seal.ts'
import type { SignedIn } from './signed-in.ts'

/** What a sign-in under way is checked by when it comes back. */
export interface Attempt {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
  readonly returnTo: string
  readonly maxAgeSeconds: number | undefined
}

/** As long as Gatepost waits for somebody to sign in. */
const ATTEMPT_SECONDS = 20 * 60
/** Tabs that ask at the same time each have their own; beyond this all older ones go, so that a header stays small. */
const ATTEMPTS_MAX = 5
/** RFC 6265, section 6.1: what every browser takes. */
const COOKIE_MAX_BYTES = 4_096

export type SetCookie = readonly ['set-cookie', string]

/** The cookies of an application: encrypted, HttpOnly, for this host alone, not sent along by other sites but for links that lead here. */
export function createCookies({ name, isSecure, secrets, of, clock }: { name: string; isSecure: boolean; secrets: readonly string[]; of: { issuer: string; clientId: string }; clock: Clock }) {
  const seal = createSeal(secrets, of, clock)
  const fullName = `${isSecure ? '__Host-' : ''}${name}`
  const attributes = `; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
  const write = (cookie: string, value: string, seconds: number): SetCookie => ['set-cookie', `${cookie}=${value}; Max-Age=${seconds}${attributes}`]
  const attemptCookie = (state: string) => `${fullName}_${state.slice(0, 16)}`

  return {
    async writeSession(signedIn: SignedIn): Promise<SetCookie> {
      const value = await seal.seal('session', signedIn, signedIn.expiresAt)
      if (fullName.length + value.length + 1 > COOKIE_MAX_BYTES) throw new Error('what is known of the person does not fit into a cookie: ask for fewer scopes, or keep it in a session of your own')
      return write(fullName, value, Math.floor((signedIn.expiresAt - clock.now()) / 1_000))
    },
    clearSession: () => write(fullName, '', 0),
    async readSession(headers: RequestHeaders): Promise<SignedIn | undefined> {
      const value = readSingleCookie(headers, fullName)
      return value === undefined ? undefined : ((await seal.open('session', value)) as unknown as SignedIn | undefined)
    },

    async writeAttempt(headers: RequestHeaders, attempt: Attempt): Promise<readonly SetCookie[]> {
      const others = listCookieNames(headers, `${fullName}_`)
      const cleared = others.length < ATTEMPTS_MAX ? [] : others.map((other) => write(other, '', 0))
      const value = await seal.seal('attempt', attempt, clock.now() + ATTEMPT_SECONDS * 1_000)
      return [...cleared, write(attemptCookie(attempt.state), value, ATTEMPT_SECONDS)]
    },
    clearAttempt: (state: string) => write(attemptCookie(state), '', 0),
    async readAttempt(headers: RequestHeaders, state: string): Promise<Attempt | undefined> {
      // It names a cookie.
      if (!/^[A-Za-z0-9_-]{16,128}$/.test(state)) return undefined
      const value = readSingleCookie(headers, attemptCookie(state))
      const opened = value === undefined ? undefined : ((await seal.open('attempt', value)) as unknown as Attempt | undefined)
      return opened?.state === state ? opened : undefined
    },
  }
}
