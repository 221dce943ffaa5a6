import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether a state-changing request may come from where it says it does. Browsers cannot be made to lie about
 * Sec-Fetch-Site and Origin; a form post that carries neither is refused, while whoever is no browser (and holds no ambient
 * cookies a stranger could use) may leave them out.
 */
export function isTrustedOrigin(headers: IncomingHttpHeaders, options: { ownOrigin: string; isForm: boolean }): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const { origin } = headers
  // Under `Referrer-Policy: no-referrer` browsers send "null" for our own forms; then Sec-Fetch-Site has to vouch.
  if (origin === 'null') return site === 'same-origin'
  if (origin !== undefined) return origin === options.ownOrigin
  return site !== undefined || !options.isForm
}
