import type { LightMyRequestResponse } from 'fastify'
import type { Browser } from '../harness/browser.ts'
import type { TestServer } from '../harness/server.ts'

interface ChallengeAnswer {
  readonly error: { readonly code: string; readonly details: { readonly authentication_challenge: { readonly id: string; readonly expires_at: string }; readonly reauthenticate_url: string } }
}

/** Lets the last proof grow old: eleven minutes on, with new tokens. */
export async function growStale(server: TestServer, browser: Browser): Promise<void> {
  server.clock.advance(11 * 60_000)
  const refreshed = await browser.api('POST', '/sessions/refresh')
  if (refreshed.statusCode !== 200) throw new Error(`the refresh was answered ${refreshed.statusCode}`)
}

/** The challenge of a 428. */
export function challengeIn(answer: LightMyRequestResponse): ChallengeAnswer['error']['details']['authentication_challenge'] {
  if (answer.statusCode !== 428) throw new Error(`expected 428, got ${answer.statusCode}: ${answer.body}`)
  return answer.json<ChallengeAnswer>().error.details.authentication_challenge
}

export async function askForChallenge(browser: Browser): Promise<string> {
  return challengeIn(await browser.api('POST', '/reauthenticate/check')).id
}

/** Code and named fields of a refusal. */
export function refusalIn(answer: LightMyRequestResponse): [status: number, code: string, ...fields: string[]] {
  const { error } = answer.json<{ error: { code: string; details?: { fields?: { field: string; code: string }[] } } }>()
  return [answer.statusCode, error.code, ...(error.details?.fields ?? []).map(({ field, code }) => `${field}:${code}`)]
}
