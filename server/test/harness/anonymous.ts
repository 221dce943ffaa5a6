import type { Browser } from './browser.ts'
import type { Person } from './people.ts'
import { GOOD_PASSWORD, newAddress } from './people.ts'
import type { TestServer } from './server.ts'

/** Settings under which an application may sign people in without asking who they are. */
export const ANONYMOUS = 'anonymous: { is_allowed: true }\n'

export interface AnonymousPerson {
  readonly browser: Browser
  readonly id: string
}

/** Leaves the browser with an anonymous session. */
export async function signUpAnonymously(server: TestServer, browser = server.browser()): Promise<AnonymousPerson> {
  const made = await browser.api('POST', '/anonymous/signup')
  if (made.statusCode !== 200) throw new Error(`the anonymous sign-up was answered ${made.statusCode}: ${made.body}`)
  return { browser, id: made.json<{ user: { id: string } }>().user.id }
}

/** Makes the anonymous account of the browser its person's own. */
export async function promote(server: TestServer, { browser }: AnonymousPerson, email = newAddress('promoted')): Promise<Person> {
  const inputs = [{ identification: 'email', login_id: email }, { authentication: 'primary_password', new_password: GOOD_PASSWORD }]
  const asked = await browser.api('POST', '/authentication_flows', { type: 'promote', name: 'default', batch_input: inputs })
  const { state_token } = asked.json<{ state_token: string }>()
  const done = await browser.api('POST', '/authentication_flows/states/input', { state_token, input: { code: await server.codeFor(email) } })
  if (done.statusCode !== 200) throw new Error(`the promotion was answered ${done.statusCode}: ${done.body}`)
  return { email, password: GOOD_PASSWORD, browser, id: (await browser.api('GET', '/user')).json<{ id: string }>().id }
}
