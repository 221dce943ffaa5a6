import { describe, test } from 'vitest'
import { findFreePort } from '../harness/server.ts'
import { prepareApache, startProgram } from '../harness/start-program.ts'
import { listen } from './listen.ts'
import { expectSignInAndOut } from './sign-in-and-out.ts'
import { startBefore } from './start-before.ts'
import type { Visitor } from './visitor.ts'

const MODULES = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'auth_openidc', 'proxy', 'proxy_http']

describe('Apache httpd with mod_auth_openidc', () => {
  const program = startBefore(async ({ gatepost, port, url, stopAfter }) => {
    const applicationPort = await findFreePort()
    const { clientId, clientSecret } = await gatepost.register({ redirect_uris: [`${url}/private/callback`], post_logout_redirect_uris: [`${url}/goodbye`] })
    await stopAfter(listen(applicationPort, ({ url: path, headers }, response) => response.end(`${path}: ${headers['oidc_claim_email'] ?? headers['oidc-claim-email'] ?? 'nobody'}`)))
    const lines = [
      `OIDCProviderMetadataURL ${gatepost.issuer}/.well-known/openid-configuration`,
      `OIDCClientID ${clientId}`, `OIDCClientSecret ${clientSecret}`, 'OIDCResponseType code', 'OIDCPKCEMethod S256', 'OIDCIDTokenSignedResponseAlg ES256',
      `OIDCRedirectURI ${url}/private/callback`, 'OIDCScope "openid email"', 'OIDCCryptoPassphrase only-for-this-test', 'OIDCCookieSameSite On',
      '<Location /private>', 'AuthType openid-connect', 'Require valid-user', '</Location>',
      `ProxyPass /private/callback !`, `ProxyPass / http://127.0.0.1:${applicationPort}/`,
    ]
    return stopAfter(startProgram('Apache httpd', port, (folder) => prepareApache(folder, { port, modules: MODULES, lines })))
  })

  test('signs a person in and out', async () => {
    const application = {
      page: `${program.url}/private/orders?page=2`,
      shows: ({ email }: { email: string }) => `/private/orders?page=2: ${email}`,
      signOut: (visitor: Visitor) => visitor.open(`${program.url}/private/callback?logout=${encodeURIComponent(`${program.url}/goodbye`)}`),
      goodbye: `${program.url}/goodbye`,
    }
    await expectSignInAndOut(program.gatepost, application, program.output)
  })
})
