const MAX_LENGTH = 2_048

/**
 * True for what may follow `return_to`: a path on this origin. One slash first, neither a second slash nor a backslash
 * (both lead to another host), no control characters or blanks, and still this origin once a browser has parsed it.
 */
export function isLocalPath(text: string): boolean {
  if (text.length > MAX_LENGTH || !text.startsWith('/') || text.startsWith('//')) return false
  if (/[\u0000-\u0020\u007f-\u00a0\u2028\u2029\\]/.test(text) || !text.isWellFormed()) return false
  if (!URL.canParse(text, 'http://local.invalid')) return false
  const url = new URL(text, 'http://local.invalid')
  return url.origin === 'http://local.invalid' && !url.pathname.startsWith('//')
}

/**
 * The path to return to, fit for a header: the given one when it is local and its path is none of `refusedPaths`, else the default.
 * Letters beyond ASCII are percent-encoded, as a browser would send them.
 */
export function returnPath(given: string | undefined, options: { refusedPaths: readonly string[]; fallback: string }): string {
  if (given === undefined || !isLocalPath(given)) return options.fallback
  const { pathname } = new URL(given, 'http://local.invalid')
  return options.refusedPaths.includes(pathname) ? options.fallback : given.replace(/[^\u0021-\u007e]+/gu, encodeURIComponent)
}
