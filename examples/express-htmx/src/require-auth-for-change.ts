import type { Verifier } from '@gatepost/node'
import { findIdentity, optionalAuth } from '@gatepost/node/express'
import type { RequestHandler } from 'express'

/** Gatepost takes no longer address to return to; typed text that does not fit stays behind. */
const RETURN_TO_MAX_LENGTH = 2_000

/**
 * `requireAuth` for the forms of this application. Access tokens live ten minutes, a page may stand open longer: the person is sent to
 * sign in (which renews the token and returns at once while the session lasts) and finds again what was typed.
 */
export function requireAuthForChange(verifier: Verifier): RequestHandler[] {
  return [
    optionalAuth(verifier),
    (request, response, next) => {
      if (findIdentity(request)) return next()
      const text = typeof request.body?.text === 'string' ? request.body.text : ''
      const withText = `/notes?${new URLSearchParams({ text })}`
      const returnTo = text !== '' && withText.length <= RETURN_TO_MAX_LENGTH ? withText : '/notes'
      const location = `${verifier.loginPath}?return_to=${encodeURIComponent(returnTo)}`
      // htmx would follow a 303 and swap the sign-in page into the panel; HX-Redirect makes it leave the page.
      if (request.headers['hx-request'] === 'true') return response.status(401).set('hx-redirect', location).end()
      return response.redirect(303, location)
    },
  ]
}
