import type { Browser } from './browser.ts'
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
