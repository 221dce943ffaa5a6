import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe } from 'vitest'
import type { Browser } from './browser.ts'
import { testEngines } from './engines.ts'
import type { Person } from './people.ts'
import { signIn, signUp } from './people.ts'
import type { RelyingParty } from './relying-party.ts'
import { CALLBACK, follow, registerRelyingParty } from './relying-party.ts'
import type { TestServer } from './server.ts'
import { startTestServer, TEST_ORIGIN } from './server.ts'
import { QUICK } from './tokens.ts'

type Answer = Awaited<ReturnType<Browser['get']>>

/** What an application is told at its redirect URI, and the request that tells it. */
export interface Callback {
  readonly to: string
  readonly parameters: URLSearchParams
  readonly request: URL | Request
}

export interface Authorization {
  /** Undefined while the browser stands on a page of ours. */
  readonly callback: Callback | undefined
  readonly answer: Answer
  readonly checks: oidc.AuthorizationCodeGrantChecks
}

type Parameters = Readonly<Record<string, string | undefined>>

/** One run of the modules of a certification plan: they are the same for both of its ways to answer. */
export interface Plan {
  readonly server: TestServer
  readonly person: Person
  /** A confidential client that authenticates with its secret by HTTP Basic. */
  readonly shop: RelyingParty
  /** Another one like it. */
  readonly other: RelyingParty
  signedIn(): Promise<Browser>
  /** The address of an authorization request; what is undefined is left out. Without PKCE unless told otherwise. */
  request(parameters?: Parameters, client?: RelyingParty): { path: string; checks: oidc.AuthorizationCodeGrantChecks }
  /** Sends the request and follows it to its answer or to a page of ours. */
  authorize(browser: Browser, parameters?: Parameters, client?: RelyingParty): Promise<Authorization>
  /** Where the page that the browser was led to will lead it back, followed. */
  comeBack(browser: Browser, authorization: Authorization): Promise<Authorization>
  redeem(authorization: Authorization, client?: RelyingParty): ReturnType<RelyingParty['redeem']>
}

const PLANS = { 'oidcc-basic-certification-test-plan': undefined, 'oidcc-formpost-basic-certification-test-plan': 'form_post' } as const

/** The modules of the Basic plan, and of the Form-post plan, on every database. */
export function describePlans(theme: string, modules: (plan: () => Plan) => void, declared?: string): void {
  for (const engine of testEngines) {
    describe(`${theme} on ${engine}`, () => {
      let server: TestServer
      let parts: Pick<Plan, 'server' | 'person' | 'shop' | 'other'>
      beforeAll(async () => {
        server = await startTestServer(engine, QUICK, declared)
        const person = await signUp(server)
        const scope = 'openid profile email address phone offline_access'
        parts = { server, person, shop: await registerRelyingParty(server, { scope }), other: await registerRelyingParty(server, { name: 'Other', scope }) }
      })
      afterAll(() => server.close())

      for (const [name, mode] of Object.entries(PLANS)) describe(name, () => modules(() => planOf(parts, mode)))
    })
  }
}

function planOf(parts: Pick<Plan, 'server' | 'person' | 'shop' | 'other'>, mode: string | undefined): Plan {
  const { server, person, shop } = parts

  function request(parameters: Parameters = {}, client = shop): ReturnType<Plan['request']> {
    const given = { redirect_uri: CALLBACK, scope: 'openid', response_mode: mode, state: oidc.randomState(), nonce: oidc.randomNonce(), ...parameters }
    const url = oidc.buildAuthorizationUrl(client.config, {})
    for (const [name, value] of Object.entries(given)) {
      if (value === undefined) url.searchParams.delete(name)
      else url.searchParams.set(name, value)
    }
    const { state, nonce } = given
    return { path: `${url.pathname}${url.search}`, checks: { ...(state === undefined ? {} : { expectedState: state }), ...(nonce === undefined ? {} : { expectedNonce: nonce }) } }
  }

  return {
    ...parts,
    request,
    signedIn: () => signIn(server, person),
    async authorize(browser, parameters, client) {
      const { path, checks } = request(parameters, client)
      return { ...(await arrive(browser, path)), checks }
    },
    async comeBack(browser, { answer, checks }) {
      return { ...(await arrive(browser, new URL(answer.raw.req.url ?? '', TEST_ORIGIN).searchParams.get('return_to') ?? '')), checks }
    },
    redeem({ callback, checks }, client = shop) {
      if (!callback) throw new Error('the browser was not sent back')
      const sent = callback.request
      return oidc.authorizationCodeGrant(client.config, sent instanceof URL ? sent : sent.clone(), checks)
    },
  }
}

export async function arrive(browser: Browser, path: string): Promise<Omit<Authorization, 'checks'>> {
  const { location, answer } = await follow(browser, path)
  return { answer, callback: callbackIn(answer, location) }
}

/** By a redirect, or by a form that leaves our origin. */
export function callbackIn(answer: Answer, location?: string): Callback | undefined {
  if (location !== undefined) return { to: location.split('?')[0] ?? '', parameters: new URL(location).searchParams, request: new URL(location) }
  const action = /<form method="post" action="([^"]*)" data-leaves-by-itself>/.exec(answer.body)?.[1]
  if (action === undefined) return undefined
  const to = decode(action)
  const fields = [...answer.body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name, value]): [string, string] => [decode(name!), decode(value!)])
  const parameters = new URLSearchParams(fields)
  return { to, parameters, request: new Request(to, { method: 'POST', body: parameters }) }
}

function decode(text: string): string {
  return text.replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)))
}
