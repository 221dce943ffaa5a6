import type { Browser } from './browser.ts'
import { locationOf } from './pages.ts'
import type { RelyingParty } from './relying-party.ts'
import { follow, registerRelyingParty } from './relying-party.ts'
import type { TestServer } from './server.ts'

/** Signs in at somebody else's application, which is made for it, and allows what it asks for. */
export async function allowThirdParty(server: TestServer, browser: Browser): Promise<RelyingParty> {
  const client = await registerRelyingParty(server, { type: 'third_party' })
  const { path, checks } = await client.begin({ scope: 'openid email' })
  const { answer } = await follow(browser, path)
  const request = new URL(answer.raw.req.url ?? '', 'http://here').searchParams.get('request') ?? ''
  const { location } = await follow(browser, locationOf(await browser.post('/auth/consent', { request, intent: 'allow' })))
  await client.redeem(location ?? '', checks)
  return client
}
