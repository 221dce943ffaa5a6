import { systemClock, type Clock } from '../clock.ts'

/** What this part uses of the page it runs in. */
export interface OidcPage extends Clock {
  readonly origin: string
  /** The address shown, whole. */
  href(): string
  navigate(url: string): void
  /** Shows another address of this origin, without loading it. */
  replaceAddress(url: string): void
  /** Of this tab alone. Never holds a token. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
}

export function currentOidcPage(): OidcPage {
  return {
    ...systemClock,
    origin: location.origin,
    href: () => location.href,
    navigate: (url) => location.assign(url),
    replaceAddress: (url) => history.replaceState(history.state, '', url),
    storage: sessionStorage,
  }
}
