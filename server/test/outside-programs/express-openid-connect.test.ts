import express from 'express'
import { auth, requiresAuth } from 'express-openid-connect'
import { describe, test } from 'vitest'
import { listen } from './listen.ts'
import { expectSignInAndOut } from './sign-in-and-out.ts'
import { startBefore } from './start-before.ts'
import type { Visitor } from './visitor.ts'

describe('express-openid-connect', () => {
  const program = startBefore(async ({ gatepost, port, url, stopAfter }) => {
    const { clientId, clientSecret } = await gatepost.register({ redirect_uris: [`${url}/callback`], post_logout_redirect_uris: [`${url}/goodbye`] })
    const app = express()
    app.use(
      auth({
        issuerBaseURL: gatepost.issuer,
        baseURL: url,
        clientID: clientId,
        clientSecret,
        secret: 'only for this test, and long enough',
        idTokenSigningAlg: 'ES256',
        authorizationParams: { response_type: 'code', scope: 'openid email' },
        authRequired: false,
        idpLogout: true,
        routes: { postLogoutRedirect: '/goodbye' },
      }),
    )
    app.get('/private', requiresAuth(), async (request, response) => {
      // The address is UserInfo's to say: an ID token that comes with an access token leaves it out (OpenID Connect Core 1.0 section 5.4).
      response.send(`Hello ${(await request.oidc.fetchUserInfo())['email'] as string}`)
    })
    app.get('/goodbye', (_request, response) => void response.send('Goodbye'))
    await stopAfter(listen(port, app))
  })

  test('signs a person in and out', async () => {
    await expectSignInAndOut(program.gatepost, {
      page: `${program.url}/private`,
      shows: ({ email }) => `Hello ${email}`,
      signOut: (visitor: Visitor) => visitor.open(`${program.url}/logout`),
      goodbye: `${program.url}/goodbye`,
    })
  })
})
