import type { HttpClient } from '../harness/http-client.ts'
import type { SmtpFixture } from '../mail/smtp-fixture.ts'
import { readMessage } from '../mail/smtp-fixture.ts'

export const PASSWORD = 'correct horse battery staple'
const MAIL_WAIT_MS = 20_000

/** The six digits in the newest mail that really arrived at the address. */
export async function codeByMail(smtp: SmtpFixture, email: string): Promise<string> {
  const deadline = performance.now() + MAIL_WAIT_MS
  for (;;) {
    const mail = smtp.received.findLast((one) => one.recipients.includes(email))
    const code = /\b(\d{3}) ?(\d{3})\b/.exec(mail ? (readMessage(mail.raw).parts.get('text/plain') ?? '') : '')
    if (code) return `${code[1]}${code[2]}`
    if (performance.now() > deadline) throw new Error(`no code arrived for ${email}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Signs somebody up at a server of its own process and leaves the client signed in; the codes and tokens that took part. */
export async function signUpByMail(client: HttpClient, smtp: SmtpFixture, email: string): Promise<{ code: string }> {
  const asked = await client.api('POST', '/signup/challenges', { email, password: PASSWORD })
  if (asked.status !== 202) throw new Error(`sign-up was answered ${asked.status}: ${asked.body}`)
  const code = await codeByMail(smtp, email)
  const made = await client.api('POST', '/signup/challenges/verify', { challenge_id: asked.json<{ challenge_id: string }>().challenge_id, code })
  if (made.status !== 201) throw new Error(`the code was answered ${made.status}: ${made.body}`)
  return { code }
}
