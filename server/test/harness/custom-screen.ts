import type { Browser } from './browser.ts'
import type { RelyingParty } from './relying-party.ts'
import { follow } from './relying-party.ts'
import type { TestServer } from './server.ts'
import { TEST_ORIGIN } from './server.ts'

export const SCREEN_ORIGIN = 'https://login.shop.example'
export const SCREEN = `${SCREEN_ORIGIN}/sign-in`

export interface ScreenFlow {
  readonly state_token: string
  readonly type: string
  readonly action: { readonly type: string; readonly authentication?: string; readonly data: Readonly<Record<string, unknown>> & { readonly type: string } }
}

/** An application's own sign-in screen, somewhere else: it has no cookies and knows the contract alone. */
export interface CustomScreen {
  /** What it was opened with. */
  readonly parameters: Readonly<Record<string, string>>
  call(path: string, body: object, headers?: Record<string, string>): Promise<Awaited<ReturnType<TestServer['app']['listener']['inject']>>>
  /** Begins a flow for the request and walks as far as the inputs lead. Throws unless it is answered 200. */
  begin(type: string, ...inputs: readonly object[]): Promise<ScreenFlow>
  next(flow: ScreenFlow, ...inputs: readonly object[]): Promise<ScreenFlow>
}

let openedScreens = 0

export function openScreen(server: TestServer, address: string | undefined, origin: string | undefined = SCREEN_ORIGIN): CustomScreen {
  const parameters = Object.fromEntries(new URL(address ?? 'about:blank').searchParams)
  openedScreens += 1
  const remoteAddress = `10.77.${Math.floor(openedScreens / 250)}.${(openedScreens % 250) + 1}`

  const call: CustomScreen['call'] = async (path, body, headers = {}) => {
    const answer = await server.app.listener.inject({
      method: 'POST',
      url: `/auth/api/v1/authentication_flows${path}`,
      remoteAddress,
      headers: { host: new URL(TEST_ORIGIN).host, 'content-type': 'application/json', ...(origin === undefined ? {} : { origin, 'sec-fetch-site': 'cross-site' }), ...headers },
      payload: JSON.stringify(body),
    })
    if (answer.headers['set-cookie'] !== undefined && headers['cookie'] === undefined) throw new Error('a screen of another origin was given a cookie')
    return answer
  }
  async function expected(asked: ReturnType<CustomScreen['call']>): Promise<ScreenFlow> {
    const answer = await asked
    if (answer.statusCode !== 200) throw new Error(`the screen was answered ${answer.statusCode}: ${answer.body}`)
    return answer.json<ScreenFlow>()
  }
  return {
    parameters,
    call,
    begin: (type, ...inputs) => expected(call('', { type, name: 'default', request: parameters['request'], ...(inputs.length > 0 ? { batch_input: inputs } : {}) })),
    next: ({ state_token }, ...inputs) => expected(call('/states/input', { state_token, batch_input: inputs })),
  }
}

/** The address that takes the browser back, without its origin. */
export function finishPath(flow: ScreenFlow): string {
  const { finish_redirect_uri: uri } = flow.action.data
  if (flow.action.type !== 'finished' || typeof uri !== 'string') throw new Error(`the flow is not finished: ${JSON.stringify(flow.action)}`)
  return uri.startsWith(TEST_ORIGIN) ? uri.slice(TEST_ORIGIN.length) : uri
}

/** The inputs of a person who signs in with their password. */
export function byPassword(person: { readonly email: string; readonly password: string }): readonly object[] {
  return [
    { identification: 'email', login_id: person.email },
    { authentication: 'primary_password', password: person.password },
  ]
}

/** The browser is sent from the application to its screen. */
export async function arriveAt(
  server: TestServer,
  application: RelyingParty,
  browser: Browser,
  parameters: Readonly<Record<string, string>> = {},
): Promise<{ screen: CustomScreen; location: string; checks: Awaited<ReturnType<RelyingParty['begin']>>['checks'] }> {
  const { path, checks } = await application.begin(parameters)
  const { location } = await follow(browser, path)
  if (location === undefined) throw new Error('the browser was not sent to the screen')
  return { screen: openScreen(server, location), location, checks }
}

/** The address of who is signed in in this browser. */
export async function whoIs(browser: Browser): Promise<string | undefined> {
  return (await browser.api('GET', '/user')).json<{ email?: string }>().email
}
