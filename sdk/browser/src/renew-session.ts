import { GatepostError, readError } from './gatepost-error.ts'
import type { Page } from './page.ts'
import type { SessionApi } from './session-api.ts'

/** The error is why it is not known: the server is away, or wants fewer requests. */
export type Renewal = 'renewed' | 'ended' | GatepostError

export interface Renewals {
  /** Gets a new access token for a request that was sent at `sentAt` and answered 401. */
  renew(sentAt: number): Promise<Renewal>
  /** One at a time in this browser. */
  exclusively<T>(task: () => Promise<T>): Promise<T>
  /** Remembers that there is no session, until somebody signs in. */
  noteEnd(): void
}

/** Tabs stop waiting for one that holds the lock and does nothing; the server hands two that refresh at once the same tokens. */
const LOCK_TIMEOUT_MILLISECONDS = 15_000

/** As long as the server hands out the same tokens again: later, a second refresh does no harm and is rare. */
const MARK_MILLISECONDS = 10_000

/**
 * Refreshes once for all requests of a tab (one promise) and for all tabs (a lock). The next tab learns of the refresh by a second
 * lock that has its instant for a name: locks are the same for every tab at every moment, while localStorage and channels reach
 * another process some milliseconds late, after the lock has.
 */
export function createRenewals(page: Page, api: SessionApi, name: string): Renewals {
  const markPrefix = `${name}:renewed_at:`
  let renewing: Promise<Renewal> | undefined
  let renewedHereAt = 0
  let held: { readonly until: number; readonly error: GatepostError } | undefined
  /** The CSRF token at the end. Signing in changes it, in whichever tab it happens. */
  let endedWith: { readonly token: string | undefined } | undefined

  async function renewedAt(): Promise<number> {
    const held = (await page.locks?.query())?.held ?? []
    const instants = held.map((lock) => (lock.name?.startsWith(markPrefix) ? Number(lock.name.slice(markPrefix.length)) : 0))
    // An instant to come means that the clock was set back.
    return Math.max(...[renewedHereAt, ...instants].filter((instant) => instant <= page.now()), 0)
  }

  /** Resolves as soon as other tabs see the mark. */
  async function noteRenewal(): Promise<void> {
    renewedHereAt = page.now()
    endedWith = undefined
    await new Promise<unknown>((resolve) => {
      const keepMark = () => {
        resolve(undefined)
        return new Promise((release) => setTimeout(release, MARK_MILLISECONDS))
      }
      if (page.locks === undefined) resolve(undefined)
      else page.locks.request(markPrefix + renewedHereAt, { mode: 'shared' }, keepMark).catch(resolve)
    })
  }

  const isKnownToBeOver = () => endedWith !== undefined && endedWith.token === api.csrfCookie()

  function noteEnd(): void {
    endedWith = { token: api.csrfCookie() }
  }

  async function renewUnlessDone(sentAt: number): Promise<Renewal> {
    if ((await renewedAt()) >= sentAt) return 'renewed'
    if (held !== undefined && page.now() < held.until) return held.error
    const response = await api.post('sessions/refresh').catch((error: GatepostError) => error)
    const answer = response instanceof Response && !response.ok && response.status !== 401 ? await readError(response) : response
    if (answer instanceof GatepostError) {
      held = { until: page.now() + (answer.retryAfterSeconds ?? 0) * 1_000, error: answer }
      return answer
    }
    if (answer.ok) {
      await noteRenewal()
      return 'renewed'
    }
    noteEnd()
    return 'ended'
  }

  async function exclusively<T>(task: () => Promise<T>): Promise<T> {
    if (page.locks === undefined) return task()
    let isGranted = false
    try {
      return await page.locks.request(name, { signal: AbortSignal.timeout(LOCK_TIMEOUT_MILLISECONDS) }, () => {
        isGranted = true
        return task()
      })
    } catch (error) {
      if (isGranted) throw error
      return task()
    }
  }

  return {
    async renew(sentAt) {
      // Asking again would be counted against this address as a guess.
      if (isKnownToBeOver()) return 'ended'
      renewing ??= exclusively(() => renewUnlessDone(sentAt)).finally(() => {
        renewing = undefined
      })
      return renewing
    },
    exclusively,
    noteEnd,
  }
}
