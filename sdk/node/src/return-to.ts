const RETURN_TO_MAX_LENGTH = 2048
const PLACEHOLDER_ORIGIN = 'http://local.invalid'

/**
 * The path and query to come back to after signing in, or `/` when the target is anything but a plain path of this origin.
 * `//evil`, `/\evil` and `/<tab>/evil` are other origins to a browser (WHATWG URL, section 4.4), and so are absolute-form targets.
 */
export function localReturnTo(target: string): string {
  if (target.length > RETURN_TO_MAX_LENGTH) return '/'
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(target) || target.includes('\\')) return '/'
  if (!URL.canParse(target, PLACEHOLDER_ORIGIN)) return '/'
  const url = new URL(target, PLACEHOLDER_ORIGIN)
  // Dot segments can fold a harmless looking path into `//evil`.
  if (url.origin !== PLACEHOLDER_ORIGIN || url.pathname.startsWith('//')) return '/'
  return `${url.pathname}${url.search}`
}

/** The page an htmx request was made from, when it is a page of this host; undefined otherwise. */
export function localPageOf(currentUrl: string | undefined, host: string | undefined): string | undefined {
  if (currentUrl === undefined || host === undefined || !URL.canParse(currentUrl)) return undefined
  const url = new URL(currentUrl)
  if (!['http:', 'https:'].includes(url.protocol) || url.host !== host.toLowerCase()) return undefined
  return `${url.pathname}${url.search}`
}
