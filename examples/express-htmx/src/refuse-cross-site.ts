import type { RequestHandler } from 'express'

/**
 * The application's own CSRF defence: a change must come from one of its pages. Browsers set both headers and let no script change
 * them; Sec-Fetch-Site is missing in old ones and over plain http beyond localhost, then Origin decides.
 */
export function refuseCrossSite(publicOrigin: string): RequestHandler {
  return (request, response, next) => {
    const site = request.headers['sec-fetch-site']
    const isOwn = site === undefined ? request.headers.origin === publicOrigin : site === 'same-origin'
    if (['GET', 'HEAD', 'OPTIONS'].includes(request.method) || isOwn) return next()
    response.status(403).type('text').send('This change did not come from a page of this application.\n')
  }
}
