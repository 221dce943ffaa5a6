import express from 'express'
import { auth, requiresAuth } from 'express-openid-connect'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { findFreePort } from '../harness/server.ts'
import type { ListeningGatepost } from './gatepost.ts'
import { startListeningGatepost } from './gatepost.ts'
import type { Listening } from './listen.ts'
import { listen } from './listen.ts'
import { expectSignInAndOut } from './sign-in-and-out.ts'
import type { Visitor } from './visitor.ts'

describe('express-openid-connect', () => {
  let gatepost: ListeningGatepost
  let application: Listening
  let url: string
  beforeAll(async () => {
    const port = await findFreePort()
    url = `http://127.0.0.1:${port}`
    gatepost = await startListeningGatepost()
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
    application = await listen(port, app)
  })
  afterAll(async () => {
    await application?.stop()
    await gatepost?.stop()
  })

  test('signs a person in and out', async () => {
    await expectSignInAndOut(gatepost, {
      page: `${url}/private`,
      shows: ({ email }) => `Hello ${email}`,
      signOut: (visitor: Visitor) => visitor.open(`${url}/logout`),
      goodbye: `${url}/goodbye`,
    })
  })
})
