import type { Browser } from './browser.ts'
import { newAddress } from './people.ts'
import type { TestServer } from './server.ts'

export interface EmailAnswer {
  readonly id: string
  readonly email: string
  readonly is_primary: boolean
  readonly verified_at: string | null
}

/** Adds a further address to the account of who is signed in, by the code sent to it. */
export async function addEmail(server: TestServer, browser: Browser, email = newAddress('further')): Promise<string> {
  const asked = await browser.api('POST', '/account/email-challenges', { email })
  if (asked.statusCode !== 202) throw new Error(`the address was answered ${asked.statusCode}: ${asked.body}`)
  const { challenge_id } = asked.json<{ challenge_id: string }>()
  const added = await browser.api('POST', '/account/email-challenges/verify', { challenge_id, code: await server.codeFor(email) })
  if (added.statusCode !== 204) throw new Error(`the code was answered ${added.statusCode}: ${added.body}`)
  return email
}

export async function emailsOf(browser: Browser): Promise<readonly EmailAnswer[]> {
  return (await browser.api('GET', '/account/emails')).json<{ emails: EmailAnswer[] }>().emails
}
