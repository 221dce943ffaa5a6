import { findFreePort } from '../../scripts/test-services/service.ts'
import { basicAuthorization, formRequest } from '../load/jobs.ts'
import { BARE_CLIENT, BARE_OPAQUE_CLIENT } from './bench-clients.ts'
import { startNode, untilAnswers, type Core, type StartedProcess } from './start-process.ts'

export interface BareProvider extends StartedProcess {
  readonly port: number
  readonly clientCredentials: string
  readonly introspection: string
}

export async function startBareProvider(core?: Core): Promise<BareProvider> {
  const port = await findFreePort()
  const started = startNode('bench/oidc-provider-server.ts', { args: [String(port)], core })
  await untilAnswers(started, `http://127.0.0.1:${port}/.well-known/openid-configuration`)
  const answer = await fetch(`http://127.0.0.1:${port}/token`, { method: 'POST', headers: basicAuthorization(BARE_OPAQUE_CLIENT), body: new URLSearchParams({ grant_type: 'client_credentials' }) })
  const { access_token: token } = (await answer.json()) as { access_token: string }
  return {
    ...started,
    port,
    clientCredentials: formRequest('/token', basicAuthorization(BARE_CLIENT), { grant_type: 'client_credentials' }),
    introspection: formRequest('/token/introspection', basicAuthorization(BARE_OPAQUE_CLIENT), { token }),
  }
}
