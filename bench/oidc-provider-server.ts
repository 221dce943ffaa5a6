/** oidc-provider alone, in memory, as its documentation starts it: the limit of what is built on it. Argument: port. */
import { createServer } from 'node:http'
import { exportJWK, generateKeyPair } from 'jose'
import Provider from 'oidc-provider'
import { BARE_CLIENT, BARE_OPAQUE_CLIENT, BENCH_RESOURCE, BENCH_SCOPE } from './subjects/bench-clients.ts'

const [port] = process.argv.slice(2)
const { privateKey } = await generateKeyPair('ES256', { extractable: true })
const client = { grant_types: ['client_credentials'], redirect_uris: [], response_types: [], scope: BENCH_SCOPE, id_token_signed_response_alg: 'ES256' as const }

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [BARE_CLIENT, BARE_OPAQUE_CLIENT].map(({ id, secret }) => ({ ...client, client_id: id, client_secret: secret })),
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: 'bench' }] },
  scopes: [BENCH_SCOPE],
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => BENCH_RESOURCE,
      getResourceServerInfo: (_ctx, _resource, { clientId }) => ({ audience: BENCH_RESOURCE, scope: BENCH_SCOPE, accessTokenFormat: clientId === BARE_CLIENT.id ? 'jwt' : 'opaque', jwt: { sign: { alg: 'ES256' } } }),
    },
  },
})
const answer = provider.callback()
createServer((request, response) => void answer(request, response)).listen(Number(port), '127.0.0.1')
process.on('disconnect', () => process.exit())
