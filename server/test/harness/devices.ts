import * as oidc from 'openid-client'
import type { Browser } from './browser.ts'
import type { RelyingParty } from './relying-party.ts'
import { registerRelyingParty } from './relying-party.ts'
import type { TestServer } from './server.ts'

export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

/** An application on a television, which shows a code and keeps no secret. */
export function registerTelevision(server: TestServer, fields: Record<string, unknown> = {}): Promise<RelyingParty> {
  return registerRelyingParty(server, { name: 'Television', type: 'native', redirect_uris: [], grant_types: [DEVICE_GRANT, 'refresh_token'], scope: 'openid profile email offline_access orders', ...fields })
}

export interface WaitingDevice {
  readonly deviceCode: string
  readonly userCode: string
  readonly answer: oidc.DeviceAuthorizationResponse
  /** One poll. */
  poll(): ReturnType<typeof oidc.genericGrantRequest>
}

export async function begin(client: RelyingParty, parameters: Record<string, string> = {}): Promise<WaitingDevice> {
  const answer = await oidc.initiateDeviceAuthorization(client.config, { scope: 'openid email', ...parameters })
  const { device_code: deviceCode, user_code: userCode } = answer
  return { deviceCode, userCode, answer, poll: () => oidc.genericGrantRequest(client.config, DEVICE_GRANT, { device_code: deviceCode }) }
}

/** Types the code in the pages and answers. */
export async function decide(browser: Browser, userCode: string, intent: 'allow' | 'refuse' = 'allow') {
  const shown = await browser.post('/auth/device', { user_code: userCode, intent: 'submit_code' })
  return shown.statusCode === 200 ? browser.post('/auth/device', { user_code: userCode, intent }) : shown
}

/** Connects a device in the API, and refuses another one. */
export async function connectDevices(server: TestServer, browser: Browser): Promise<void> {
  const television = await registerTelevision(server)
  for (const answer of ['allow', 'refuse']) {
    const { userCode } = await begin(television)
    await browser.api('POST', '/device-authorizations', { user_code: userCode })
    await browser.api('POST', '/device-authorizations/answer', { user_code: userCode, answer })
  }
}
