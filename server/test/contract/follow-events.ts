import { newAddress, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'

/** Begins a flow that waits for a mailed link, approves it in another browser and reads the event. */
export async function followEvents(server: TestServer): Promise<void> {
  const ada = await signUp(server)
  const batch_input = [{ identification: 'email', login_id: ada.email }, { authentication: 'primary_oob_otp_email' }]
  const begun = await server.browser().api('POST', '/authentication_flows', { type: 'login', name: 'default', batch_input })
  const link = /login_link\?token=([\w-]+)/.exec((await server.mailTo(ada.email))!.text)?.[1] ?? ''
  await server.browser().post('/auth/login_link', { token: link })
  const { events_url } = begun.json<{ action: { data: { events_url: string } } }>().action.data
  await server.browser().raw({ method: 'GET', url: events_url })
}

/** One address waits so often that a place is refused to it; the others end with the server. */
export async function crowdEvents(server: TestServer): Promise<number> {
  const browser = server.browser()
  const batch_input = [{ identification: 'email', login_id: newAddress() }, { authentication: 'primary_oob_otp_email' }]
  const begun = await browser.api('POST', '/authentication_flows', { type: 'login', name: 'default', batch_input })
  const { events_url } = begun.json<{ action: { data: { events_url: string } } }>().action.data
  const first = await Promise.race(Array.from({ length: 21 }, () => browser.raw({ method: 'GET', url: events_url })))
  return first.statusCode
}
