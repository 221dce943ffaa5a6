import type { Browser } from '../harness/browser.ts'
import { followToForm } from '../harness/pages.ts'
import type { Person } from '../harness/people.ts'
import { newAddress } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'

/** A way in which somebody sets a password. */
export interface Path {
  readonly name: string
  /** Sets the password of a person, by every step it takes; the answer of the step that judged it. */
  set(server: TestServer, person: Person, password: string): Promise<{ statusCode: number; body: string }>
  readonly refusedWith: number
}

export const PATHS: readonly Path[] = [
  {
    name: 'sign-up by API',
    refusedWith: 400,
    async set(server, _person, password) {
      return server.browser().api('POST', '/signup/challenges', { email: newAddress(), password })
    },
  },
  {
    name: 'sign-up on the page',
    refusedWith: 422,
    async set(server, _person, password) {
      return server.browser().post('/auth/signup', { intent: 'signup', email: newAddress(), new_password: password })
    },
  },
  {
    name: 'reset by API',
    refusedWith: 400,
    async set(server, person, password) {
      return server.browser().api('POST', '/password-reset/challenges', { email: person.email, new_password: password })
    },
  },
  {
    name: 'reset on the page',
    refusedWith: 422,
    async set(server, person, password) {
      const browser = server.browser()
      const state = await followToForm(browser, await browser.post('/auth/reset_password', { intent: 'identify', email: person.email }))
      const proven = await followToForm(browser, await browser.post('/auth/reset_password', { intent: 'submit_code', state, code: await server.codeFor(person.email) }))
      return browser.post('/auth/reset_password', { intent: 'new_password', state: proven, new_password: password })
    },
  },
  {
    name: 'change by API',
    refusedWith: 400,
    async set(_server, person, password) {
      return person.browser.api('PUT', '/account/password', { current_password: person.password, new_password: password })
    },
  },
  {
    name: 'change on the page',
    refusedWith: 422,
    async set(_server, person, password) {
      return person.browser.post('/auth/settings/password', { current_password: person.password, new_password: password })
    },
  },
]

/** The same while another password is asked for. */
export const DEMANDED_CHANGES: readonly Path[] = [
  {
    name: 'a demanded change by API',
    refusedWith: 400,
    async set(server, person, password) {
      const browser = server.browser()
      const authentication_challenge_id = await demandChange(server, person, browser)
      return browser.api('POST', '/login/new-password', { authentication_challenge_id, new_password: password })
    },
  },
  {
    name: 'a demanded change on the page',
    refusedWith: 422,
    async set(server, person, password) {
      await server.app.passwordChanges.require(person.email)
      const browser = server.browser()
      const state = await followToForm(browser, await browser.post('/auth/login', { intent: 'password', identifier: person.email, password: person.password }))
      return browser.post('/auth/verify', { intent: 'new_password', state, new_password: password })
    },
  },
  {
    name: 'a demanded change in a flow of a custom screen',
    refusedWith: 400,
    async set(server, person, password) {
      await server.app.passwordChanges.require(person.email)
      const browser = server.browser()
      const batch_input = [{ identification: 'email', login_id: person.email }, { authentication: 'primary_password', password: person.password }, { new_password: password }]
      return browser.api('POST', '/authentication_flows', { type: 'login', name: 'default', batch_input })
    },
  },
]

/** Asks for another password and signs in with the present one; the challenge that a new one answers. */
export async function demandChange(server: TestServer, person: { email: string; password: string }, browser: Browser): Promise<string> {
  await server.app.passwordChanges.require(person.email)
  return changeChallengeOf(person, browser)
}

/** The challenge that a sign-in is answered with while another password is asked for. */
export async function changeChallengeOf(person: { email: string; password: string }, browser: Browser): Promise<string> {
  const answer = await browser.api('POST', '/login', { identifier: person.email, password: person.password })
  const { error } = answer.json<{ error?: { code: string; details?: { authentication_challenge?: { id: string } } } }>()
  if (error?.code !== 'password_change_required') throw new Error(`the sign-in was answered ${answer.statusCode}: ${answer.body}`)
  return error.details?.authentication_challenge?.id ?? ''
}
