import { afterAll, beforeAll, describe, test } from 'vitest'
import { findFreePort } from '../harness/server.ts'
import type { RunningProgram } from '../harness/start-program.ts'
import { prepareApache, startProgram } from '../harness/start-program.ts'
import type { ListeningGatepost } from './gatepost.ts'
import { startListeningGatepost } from './gatepost.ts'
import type { Listening } from './listen.ts'
import { listen } from './listen.ts'
import { expectSignInAndOut } from './sign-in-and-out.ts'
import type { Visitor } from './visitor.ts'

const MODULES = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'auth_openidc', 'proxy', 'proxy_http']

describe('Apache httpd with mod_auth_openidc', () => {
  let gatepost: ListeningGatepost
  let application: Listening
  let apache: RunningProgram
  let url: string
  beforeAll(async () => {
    const [port, applicationPort] = [await findFreePort(), await findFreePort()]
    url = `http://127.0.0.1:${port}`
    gatepost = await startListeningGatepost()
    const { clientId, clientSecret } = await gatepost.register({ redirect_uris: [`${url}/private/callback`], post_logout_redirect_uris: [`${url}/goodbye`] })
    application = await listen(applicationPort, ({ url: path, headers }, response) => response.end(`${path}: ${headers['oidc_claim_email'] ?? headers['oidc-claim-email'] ?? 'nobody'}`))
    const lines = [
      `OIDCProviderMetadataURL ${gatepost.issuer}/.well-known/openid-configuration`,
      `OIDCClientID ${clientId}`, `OIDCClientSecret ${clientSecret}`, 'OIDCResponseType code', 'OIDCPKCEMethod S256', 'OIDCIDTokenSignedResponseAlg ES256',
      `OIDCRedirectURI ${url}/private/callback`, 'OIDCScope "openid email"', 'OIDCCryptoPassphrase only-for-this-test', 'OIDCCookieSameSite On',
      '<Location /private>', 'AuthType openid-connect', 'Require valid-user', '</Location>',
      `ProxyPass /private/callback !`, `ProxyPass / http://127.0.0.1:${applicationPort}/`,
    ]
    apache = await startProgram('Apache httpd', port, (folder) => prepareApache(folder, { port, modules: MODULES, lines }))
  })
  afterAll(async () => {
    await apache?.stop()
    await application?.stop()
    await gatepost?.stop()
  })

  test('signs a person in and out', async () => {
    const application = {
      page: `${url}/private/orders?page=2`,
      shows: ({ email }: { email: string }) => `/private/orders?page=2: ${email}`,
      signOut: (visitor: Visitor) => visitor.open(`${url}/private/callback?logout=${encodeURIComponent(`${url}/goodbye`)}`),
      goodbye: `${url}/goodbye`,
    }
    await expectSignInAndOut(gatepost, application, apache.output)
  })
})
