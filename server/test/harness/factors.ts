import type { Browser } from './browser.ts'
import { signUp, type Person } from './people.ts'
import type { TestServer } from './server.ts'
import { totpCode } from '../../../scripts/test-services/authenticator-app.ts'

const STEP_MS = 30_000

export interface PersonWithTotp extends Person {
  readonly key: string
  readonly recoveryCodes: readonly string[]
}

/** Sets an authenticator app up for somebody who is signed in; the clock then moves on, since a code is good once. */
export async function setUpTotp(server: TestServer, browser: Browser): Promise<{ key: string; recoveryCodes: readonly string[] }> {
  const begun = await browser.api('POST', '/account/totp-set-up')
  if (begun.statusCode !== 201) throw new Error(`setting up was answered ${begun.statusCode}: ${begun.body}`)
  const { set_up, key } = begun.json<{ set_up: string; key: string }>()
  const confirmed = await browser.api('POST', '/account/totp', { set_up, code: totpCode(key, server.clock.now()) })
  if (confirmed.statusCode !== 201) throw new Error(`the first code was answered ${confirmed.statusCode}: ${confirmed.body}`)
  server.clock.advance(2 * STEP_MS)
  return { key, recoveryCodes: confirmed.json<{ recovery_codes: string[] }>().recovery_codes }
}

export async function signUpWithTotp(server: TestServer): Promise<PersonWithTotp> {
  const person = await signUp(server)
  return { ...person, ...(await setUpTotp(server, person.browser)) }
}

export interface SecondFactorAsked {
  readonly id: string
  readonly expires_at: string
  readonly authentications: readonly string[]
  readonly code_sent?: boolean
  readonly masked_destination?: string
}

/** What the first proof of somebody is answered with when it asks for a second. */
export function askedIn(answer: { statusCode: number; body: string }): SecondFactorAsked {
  const { error } = JSON.parse(answer.body) as { error?: { code: string; details: { authentication_challenge: { id: string; expires_at: string }; second_factor: Omit<SecondFactorAsked, 'id'> } } }
  if (answer.statusCode !== 401 || error?.code !== 'second_factor_required') throw new Error(`the first proof was answered ${answer.statusCode}: ${answer.body}`)
  return { ...error.details.authentication_challenge, ...error.details.second_factor }
}

/** The first proof of somebody with a second factor; the challenge that asks for the second. */
export async function challengeOf(person: Person, browser: Browser): Promise<string> {
  const answer = await browser.api('POST', '/login', { identifier: person.email, password: person.password })
  const { error } = answer.json<{ error?: { code: string; details?: { authentication_challenge?: { id: string } } } }>()
  if (error?.code !== 'second_factor_required') throw new Error(`the first proof was answered ${answer.statusCode}: ${answer.body}`)
  return error.details?.authentication_challenge?.id ?? ''
}
