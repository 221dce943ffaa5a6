import { Auth } from '@auth/core'
import { getToken } from '@auth/core/jwt'

const SECRET = 'only for this test, and long enough for it'

/**
 * An application with Auth.js. In JavaScript, since its types bring those of browsers along for everything that is checked together
 * with it.
 */
export function createAuthJsApplication({ url, issuer, clientId, clientSecret }) {
  const config = {
    basePath: '/auth',
    secret: SECRET,
    trustHost: true,
    providers: [
      {
        id: 'gatepost',
        name: 'Gatepost',
        type: 'oidc',
        issuer,
        clientId,
        clientSecret,
        // The address is UserInfo's to say: an ID token that comes with an access token leaves it out (OpenID Connect Core 1.0 section 5.4).
        idToken: false,
        client: { id_token_signed_response_alg: 'ES256' },
        authorization: { params: { scope: 'openid email' } },
        checks: ['pkce', 'state', 'nonce'],
      },
    ],
    callbacks: { jwt: ({ token, account }) => (account ? { ...token, idToken: account.id_token } : token) },
  }

  // Its own sign-out forgets the person here; what leads by Gatepost first is the application's to write.
  async function leave(request) {
    const token = await getToken({ req: request, secret: SECRET })
    const query = new URLSearchParams({ id_token_hint: token.idToken, post_logout_redirect_uri: `${url}/auth/signout?callbackUrl=/` })
    return Response.redirect(`${issuer}/oauth2/end_session?${query.toString()}`)
  }

  async function show(request) {
    const session = await (await Auth(new Request(`${url}/auth/session`, { headers: request.headers }), config)).json()
    return session?.user ? new Response(`Hello ${session.user.email}`) : Response.redirect(`${url}/auth/signin?callbackUrl=/private`)
  }

  return async (request) => {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/auth/')) return Auth(request, config)
    if (pathname === '/leave') return leave(request)
    return pathname === '/private' ? show(request) : new Response('Welcome')
  }
}
