import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signUp } from '../harness/people.ts'
import { findFreePort } from '../harness/server.ts'
import type { RunningProgram } from '../harness/start-program.ts'
import { prepareApache, startProgram } from '../harness/start-program.ts'
import type { ListeningGatepost } from './gatepost.ts'
import { startListeningGatepost } from './gatepost.ts'
import type { Listening } from './listen.ts'
import { listen } from './listen.ts'
import { createVisitor } from './visitor.ts'

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

  test('signs a person in and out: a page behind it says who they are, and asks again afterwards', async () => {
    const person = await signUp(gatepost.server)
    const visitor = createVisitor()
    const asked = await visitor.open(`${url}/private/orders?page=2`)
    expect([asked.url.origin, asked.url.pathname]).toEqual([new URL(gatepost.issuer).origin, '/auth/login'])
    const shown = await visitor.signIn(asked, person)
    expect([shown.status, shown.body], await apache.output()).toEqual([200, `/private/orders?page=2: ${person.email}`])

    const goodbye = await visitor.open(`${url}/private/callback?logout=${encodeURIComponent(`${url}/goodbye`)}`)
    expect([goodbye.url.href, goodbye.body], await apache.output()).toEqual([`${url}/goodbye`, '/goodbye: nobody'])
    expect((await visitor.open(`${url}/private/orders`)).url.pathname).toBe('/auth/login')
  })
})
