import { getRequestListener } from '@hono/node-server'
import { describe, test } from 'vitest'
import { createAuthJsApplication } from './auth-js-application.mjs'
import { listen } from './listen.ts'
import { expectSignInAndOut } from './sign-in-and-out.ts'
import { startBefore } from './start-before.ts'

describe('Auth.js', () => {
  const program = startBefore(async ({ gatepost, port, url, stopAfter }) => {
    const { clientId, clientSecret } = await gatepost.register({ redirect_uris: [`${url}/auth/callback/gatepost`], post_logout_redirect_uris: [`${url}/auth/signout?callbackUrl=/`] })
    await stopAfter(listen(port, getRequestListener(createAuthJsApplication({ url, issuer: gatepost.issuer, clientId, clientSecret }))))
  })

  test('signs a person in and out', async () => {
    await expectSignInAndOut(program.gatepost, {
      page: `${program.url}/private`,
      shows: ({ email }) => `Hello ${email}`,
      // Its sign-in page has a button for each provider.
      proceed: (visitor, page) => visitor.submit(page, { callbackUrl: `${program.url}/private` }),
      signOut: async (visitor) => visitor.submit(await visitor.open(`${program.url}/leave`), {}),
      goodbye: `${program.url}/`,
    })
  })
})
