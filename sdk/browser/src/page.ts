import { systemClock, type Clock } from './clock.ts'

/** What this package uses of the page it runs in; every tab of the origin shares `locks` and the channels. */
export interface Page extends Clock {
  readonly origin: string
  /** Where relative addresses start from. */
  baseUrl(): string
  /** Path, query and fragment of the address shown. */
  address(): string
  cookies(): string
  navigate(url: string): void
  /** Only in secure contexts: over plain http beyond localhost there are none. */
  readonly locks: Pick<LockManager, 'request' | 'query'> | undefined
  openChannel(name: string): BroadcastChannel | undefined
}

export function currentPage(): Page {
  return {
    ...systemClock,
    origin: location.origin,
    baseUrl: () => document.baseURI,
    address: () => location.pathname + location.search + location.hash,
    cookies: () => document.cookie,
    navigate: (url) => location.assign(url),
    locks: (navigator as Partial<Navigator>).locks,
    openChannel: (name) => (typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(name)),
  }
}
