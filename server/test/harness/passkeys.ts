import type { LightMyRequestResponse } from 'fastify'
import type { Authenticator, CreationOptions, Lie, RequestOptions } from './authenticator.ts'
import { createAuthenticator } from './authenticator.ts'
import type { Browser } from './browser.ts'
import { TEST_ORIGIN } from './server.ts'

export interface Begun<Options> {
  readonly ceremony: string
  readonly expires_at: string
  readonly public_key: Options
}

export const newAuthenticator = (options: { isSynced?: boolean; counts?: boolean } = {}) => createAuthenticator({ origin: TEST_ORIGIN, ...options })

/** The options that an operation of the API gives out. */
export async function begin<Options>(browser: Browser, path: string): Promise<Begun<Options>> {
  const answer = await browser.api('POST', path)
  if (answer.statusCode !== 200) throw new Error(`${path} was answered ${answer.statusCode}: ${answer.body}`)
  return answer.json<Begun<Options>>()
}

export const beginRegistration = (browser: Browser) => begin<CreationOptions>(browser, '/account/passkey/options')
export const beginLogin = (browser: Browser) => begin<RequestOptions>(browser, '/login/passkey/options')
export const beginReauthentication = (browser: Browser) => begin<RequestOptions>(browser, '/reauthenticate/passkey/options')

/** Registers a passkey for whoever is signed in; its id. */
export async function addPasskey(browser: Browser, authenticator: Authenticator, name = 'Laptop'): Promise<string> {
  const { ceremony, public_key } = await beginRegistration(browser)
  const answer = await browser.api('POST', '/account/passkeys', { ceremony, credential: authenticator.create(public_key), name })
  if (answer.statusCode !== 201) throw new Error(`the passkey was answered ${answer.statusCode}: ${answer.body}`)
  return answer.json<{ id: string }>().id
}

/** Tries to sign in, with an assertion that may lie. */
export async function loginWith(browser: Browser, authenticator: Authenticator, lie: Lie = {}): Promise<LightMyRequestResponse> {
  const { ceremony, public_key } = await beginLogin(browser)
  return browser.api('POST', '/login/passkey', { ceremony, credential: authenticator.get(public_key, lie) })
}

export interface ListedPasskey {
  readonly id: string
  readonly name: string
  readonly synced: boolean
  readonly last_used_at: string | null
}

export async function listPasskeys(browser: Browser): Promise<ListedPasskey[]> {
  return (await browser.api('GET', '/account/passkeys')).json<{ passkeys: ListedPasskey[] }>().passkeys
}
