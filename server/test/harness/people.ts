import type { Browser } from './browser.ts'
import type { TestServer } from './server.ts'

export const GOOD_PASSWORD = 'correct horse battery staple'

let nextPerson = 1

/** An address nobody else in the run has. */
export function newAddress(name = 'ada'): string {
  nextPerson += 1
  return `${name}.${nextPerson}@example.com`
}

export interface Person {
  readonly email: string
  readonly password: string
  readonly browser: Browser
  readonly id: string
}

/** Signs somebody up through the API and leaves their browser signed in. */
export async function signUp(server: TestServer, given: { email?: string; password?: string; browser?: Browser } = {}): Promise<Person> {
  const email = given.email ?? newAddress()
  const password = given.password ?? GOOD_PASSWORD
  const browser = given.browser ?? server.browser()
  const asked = await browser.api('POST', '/signup/challenges', { email, password })
  if (asked.statusCode !== 202) throw new Error(`sign-up was answered ${asked.statusCode}: ${asked.body}`)
  const { challenge_id } = asked.json<{ challenge_id: string }>()
  const made = await browser.api('POST', '/signup/challenges/verify', { challenge_id, code: await server.codeFor(email) })
  if (made.statusCode !== 201) throw new Error(`the code was answered ${made.statusCode}: ${made.body}`)
  return { email, password, browser, id: made.json<{ user: { id: string } }>().user.id }
}

export async function signIn(server: TestServer, person: { email: string; password: string }, browser = server.browser()): Promise<Browser> {
  const answer = await browser.api('POST', '/login', { identifier: person.email, password: person.password })
  if (answer.statusCode !== 200) throw new Error(`sign-in was answered ${answer.statusCode}: ${answer.body}`)
  return browser
}
