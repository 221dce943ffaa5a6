import type { LightMyRequestResponse } from 'fastify'
import type { Browser } from '../harness/browser.ts'
import { challengeOf, signUpWithTotp, type PersonWithTotp } from '../harness/factors.ts'
import { locationOf, stateIn } from '../harness/pages.ts'
import { addPasskey, newAuthenticator } from '../harness/passkeys.ts'
import { signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'

/** Settings under which an emailed code and a passkey are taken beside an authenticator app. */
export const FURTHER_FACTORS = 'second_factor: { authentications: [secondary_totp, secondary_oob_otp_email, recovery_code] }'

type Challenged = { error: { details: { authentication_challenge: { id: string } } } }

/** Somebody with an app and a passkey whose first proof was right, in a browser of their own. */
export async function halfSignedIn(server: TestServer): Promise<{ person: PersonWithTotp; browser: Browser; id: string }> {
  const person = await signUpWithTotp(server)
  await addPasskey(person.browser, newAuthenticator())
  const browser = server.browser()
  return { person, browser, id: await challengeOf(person, browser) }
}

export const sendSecondFactorCode = (browser: Browser, id: string) => browser.api('POST', '/second-factor/code', { authentication_challenge_id: id, authentication: 'email_code' })
export const beginSecondFactorPasskey = (browser: Browser, id: string) => browser.api('POST', '/second-factor/passkey/options', { authentication_challenge_id: id })

/** The challenge for the second proof of a session whose first one was given again. */
export async function halfProvenAgain(server: TestServer, { browser, password }: PersonWithTotp): Promise<string> {
  server.clock.advance(11 * 60_000)
  await browser.api('POST', '/sessions/refresh')
  const first = (await browser.api('POST', '/reauthenticate/check')).json<Challenged>().error.details.authentication_challenge.id
  const further = await browser.api('POST', '/reauthenticate/password', { authentication_challenge_id: first, password })
  return further.json<Challenged>().error.details.authentication_challenge.id
}

export const sendReauthenticationCode = (browser: Browser, id: string) => browser.api('POST', '/reauthenticate/second-factor/code', { authentication_challenge_id: id, authentication: 'email_code' })

/** The state of a sign-in on the pages that offers a passkey, and how to ask for its options. */
export async function offeredPasskey(server: TestServer): Promise<() => Promise<LightMyRequestResponse>> {
  const person = await signUp(server)
  const browser = server.browser()
  const offered = await browser.post('/auth/login', { intent: 'password', identifier: person.email, password: person.password, passkey_support: 'yes' })
  const state = stateIn(await browser.get(locationOf(offered)))
  return () => browser.api('POST', '/passkey-prompt/options', { authentication_challenge_id: state })
}
