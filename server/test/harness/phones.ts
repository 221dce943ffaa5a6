import type { Browser } from './browser.ts'
import { GOOD_PASSWORD } from './people.ts'
import type { TestServer } from './server.ts'

/** Writes to Swiss numbers, by a sender that nothing is delivered to. */
export const MESSAGING = 'messaging: { senders: [{ type: webhook, url: "https://messages.example.com/send", signing_secret: { secret: HOOK }, channels: [sms, whatsapp] }], allowed_countries: [CH] }'

let last = 0
/** A Swiss mobile number that nobody else in the run has. */
export function newPhone(): string {
  last += 1
  return `+4178${String(4_000_000 + last)}`
}

/** Newest first: what was written to the number, delivered or not. */
export async function messagesTo(server: TestServer, number: string): Promise<{ text: string; channel: string }[]> {
  const entries = await server.app.outbox.list('00000000-0000-7000-8000-000000000001' as never, { limit: 100 })
  return entries.flatMap(({ message }) => (message?.to === number ? [message] : []))
}

/** The six digits in the newest message to the number. */
export async function codeTo(server: TestServer, number: string): Promise<string> {
  const [newest] = await messagesTo(server, number)
  const code = /\b(\d{6})\b/.exec(newest?.text ?? '')?.[1]
  if (code === undefined) throw new Error(`no code was written to ${number}`)
  return code
}

/** Adds a number to the account of who is signed in, by the code sent to it. */
export async function addPhone(server: TestServer, browser: Browser, phone = newPhone()): Promise<string> {
  const asked = await browser.api('POST', '/account/phone-challenges', { phone })
  if (asked.statusCode !== 202) throw new Error(`the number was answered ${asked.statusCode}: ${asked.body}`)
  const added = await browser.api('POST', '/account/phone-challenges/verify', { ...asked.json<{ challenge_id: string }>(), code: await codeTo(server, phone) })
  if (added.statusCode !== 204) throw new Error(`the code was answered ${added.statusCode}: ${added.body}`)
  return phone
}

export async function phonesOf(browser: Browser): Promise<readonly { id: string; phone: string }[]> {
  return (await browser.api('GET', '/account/phones')).json<{ phones: { id: string; phone: string }[] }>().phones
}

/** Accounts may begin with an address or a number; numbers sign in by password and by code, and recover. */
export const PHONE_SIGNUP = `signup: { identifications: [email, phone] }
login: { identifications: [email, username, phone], authentications: [primary_password, primary_oob_otp_email, primary_oob_otp_sms] }
recovery: { destinations: [email, phone] }
${MESSAGING}`

/** The same, where nobody who begins with a number chooses a password. */
export const PASSWORDLESS_SIGNUP = PHONE_SIGNUP.replace('primary_password, primary_oob_otp_email, ', 'primary_oob_otp_email, ')

export interface PersonByPhone {
  readonly phone: string
  readonly password: string | undefined
  readonly browser: Browser
  readonly id: string
}

/** Signs somebody up by a number through the API and leaves their browser signed in; `password` undefined for none. */
export async function signUpByPhone(server: TestServer, given: { phone?: string; password?: string | undefined; browser?: Browser } = {}): Promise<PersonByPhone> {
  const phone = given.phone ?? newPhone()
  const password = 'password' in given ? given.password : GOOD_PASSWORD
  const browser = given.browser ?? server.browser()
  const asked = await browser.api('POST', '/signup/challenges', { phone, ...(password === undefined ? {} : { password }) })
  if (asked.statusCode !== 202) throw new Error(`sign-up was answered ${asked.statusCode}: ${asked.body}`)
  const made = await browser.api('POST', '/signup/challenges/verify', { ...asked.json<{ challenge_id: string }>(), code: await codeTo(server, phone) })
  if (made.statusCode !== 201) throw new Error(`the code was answered ${made.statusCode}: ${made.body}`)
  return { phone, password, browser, id: made.json<{ user: { id: string } }>().user.id }
}
