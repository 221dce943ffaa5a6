import { createGatepostIn, type Gatepost, type GatepostOptions } from '../src/create-gatepost.ts'
import type { Page } from '../src/page.ts'

export interface Tab {
  readonly gatepost: Gatepost
  readonly navigations: string[]
}

/** Tabs that share cookies and (Node's own) locks and channels, as those of one browser do. */
export function createBrowser(origin: string) {
  const jar = new Map<string, string>()
  let clockOffset = 0

  function store(setCookies: readonly string[]): void {
    for (const setCookie of setCookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(setCookie) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
  }

  const header = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')

  const fetchWithCookies: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    if (new URL(request.url).origin !== origin) return fetch(request)
    if (request.credentials !== 'omit') request.headers.set('cookie', header())
    const response = await fetch(request)
    store(response.headers.getSetCookie())
    return response
  }

  // Node has one set of locks, a browser has one for each origin.
  const ofOrigin = (name: string) => `${origin} ${name}`
  const locks: Page['locks'] = {
    request: ((name: string, ...more: [LockOptions, LockGrantedCallback<unknown>]) =>
      navigator.locks.request(ofOrigin(name), ...more)) as LockManager['request'],
    async query() {
      const { held = [] } = await navigator.locks.query()
      return { held: held.filter((lock) => lock.name?.startsWith(ofOrigin(''))).map((lock) => ({ ...lock, name: lock.name?.slice(ofOrigin('').length) ?? '' })) }
    },
  }

  function openTab(options: GatepostOptions & { readonly hasLocks?: boolean } = {}): Tab {
    const navigations: string[] = []
    const page: Page = {
      origin,
      baseUrl: () => `${origin}/page`,
      address: () => '/page?tab=1#top',
      cookies: header,
      navigate: (url) => navigations.push(url),
      locks: options.hasLocks === false ? undefined : locks,
      openChannel: (name) => new BroadcastChannel(`${origin}:${name}`),
      now: () => Date.now() + clockOffset,
    }
    return { gatepost: createGatepostIn(page, { fetch: fetchWithCookies, ...options }), navigations }
  }

  return {
    jar,
    openTab,
    store,
    fetch: fetchWithCookies,
    passTime(milliseconds: number) {
      clockOffset += milliseconds
    },
  }
}
