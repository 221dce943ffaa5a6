import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { findFreePort } from '../harness/server.ts'
import { createAuthJsApplication } from './auth-js-application.mjs'
import type { ListeningGatepost } from './gatepost.ts'
import { startListeningGatepost } from './gatepost.ts'
import type { Listening } from './listen.ts'
import { listen } from './listen.ts'
import { expectSignInAndOut } from './sign-in-and-out.ts'

describe('Auth.js', () => {
  let gatepost: ListeningGatepost
  let application: Listening
  let url: string
  beforeAll(async () => {
    const port = await findFreePort()
    url = `http://127.0.0.1:${port}`
    gatepost = await startListeningGatepost()
    const { clientId, clientSecret } = await gatepost.register({ redirect_uris: [`${url}/auth/callback/gatepost`], post_logout_redirect_uris: [`${url}/auth/signout?callbackUrl=/`] })
    application = await listen(port, getRequestListener(createAuthJsApplication({ url, issuer: gatepost.issuer, clientId, clientSecret })))
  })
  afterAll(async () => {
    await application?.stop()
    await gatepost?.stop()
  })

  test('signs a person in and out', async () => {
    await expectSignInAndOut(gatepost, {
      page: `${url}/private`,
      shows: ({ email }) => `Hello ${email}`,
      // Its sign-in page has a button for each provider.
      proceed: (visitor, page) => visitor.submit(page, { callbackUrl: `${url}/private` }),
      signOut: async (visitor) => visitor.submit(await visitor.open(`${url}/leave`), {}),
      goodbye: `${url}/`,
    })
  })
})
