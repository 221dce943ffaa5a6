import type { TestServer } from '../harness/server.ts'
import { stateIn } from '../harness/pages.ts'
import { GOOD_PASSWORD, newAddress } from '../harness/people.ts'
import type { Browser } from '../harness/browser.ts'

/** An account whose address nobody has proven; the server must run with `signup.verification: off`. */
export async function signUpUnproven(server: TestServer, email = newAddress('unproven')): Promise<{ email: string; browser: Browser; id: string }> {
  const browser = server.browser()
  const made = await browser.api('POST', '/signup/direct', { email, password: GOOD_PASSWORD })
  if (made.statusCode !== 201) throw new Error(`direct sign-up was answered ${made.statusCode}: ${made.body}`)
  return { email, browser, id: made.json<{ user: { id: string } }>().user.id }
}

/** Signs in with an emailed code on the pages. The first proof of an address removes the password that was set before it. */
export async function signInByCode(server: TestServer, email: string, browser = server.browser()): Promise<Browser> {
  await browser.get('/auth/login')
  const asked = await browser.post('/auth/login', { intent: 'code', identifier: email })
  const page = await browser.get(String(asked.headers.location))
  const done = await browser.post('/auth/verify', { intent: 'submit_code', state: stateIn(page), code: await server.codeFor(email) })
  if (done.statusCode !== 303) throw new Error(`the code was answered ${done.statusCode}`)
  return browser
}
