import { describe, expect, test } from 'vitest'
import { createCustomScreen } from '../src/custom-screen.ts'

const ISSUER = 'https://auth.example.com/auth'
const ADDRESS = 'https://login.shop.example/sign-in?tenant=1&request=reference-1&client_id=shop&type=login&login_hint=ann%40example.com&ui_locales=de'
const IDENTIFY = { state_token: 'state-1', type: 'login', name: 'default', action: { type: 'identify', data: { type: 'identification_data', options: [{ identification: 'email' }] } } }
const FINISHED = { type: 'login', name: 'default', action: { type: 'finished', data: { type: 'finished_data', finish_redirect_uri: `${ISSUER}/oauth2/authorize/reference-1/finish?ticket=t` } } }

describe('a sign-in screen on an origin of its own', () => {
  test('drives the flow of the request that it was opened with, without cookies and without a token', async () => {
    const seen: { url: string; init: RequestInit }[] = []
    const answers = [IDENTIFY, FINISHED]
    const fetch = async (url: RequestInfo | URL, init: RequestInit = {}) => {
      seen.push({ url: String(url), init })
      return Response.json(answers.shift())
    }
    const { asked, flows } = createCustomScreen({ issuer: `${ISSUER}/`, address: ADDRESS, fetch })
    expect(asked).toEqual({ request: 'reference-1', clientId: 'shop', type: 'login', loginHint: 'ann@example.com', uiLocales: 'de' })
    const state = await flows.start('login')
    if (state.asks !== 'identification_data') throw new Error(state.asks)
    const done = await flows.input(state, [{ identification: 'email', login_id: 'ann@example.com' }, { authentication: 'primary_password', password: 'secret' }])
    expect(done).toMatchObject({ asks: 'nothing', finishRedirectUri: `${ISSUER}/oauth2/authorize/reference-1/finish?ticket=t` })

    expect(seen.map(({ url }) => url)).toEqual([`${ISSUER}/api/v1/authentication_flows`, `${ISSUER}/api/v1/authentication_flows/states/input`])
    expect(JSON.parse(String(seen[0]?.init.body))).toEqual({ type: 'login', name: 'default', request: 'reference-1' })
    for (const { init } of seen) {
      expect([init.credentials, init.referrerPolicy]).toEqual(['omit', 'no-referrer'])
      // Whatever else would need more than a simple preflight (Fetch Standard).
      expect([...new Headers(init.headers).keys()]).toEqual(['content-type'])
    }
  })

  test('opened by itself it has nothing to sign in to', () => {
    expect(createCustomScreen({ issuer: ISSUER, address: 'https://login.shop.example/sign-in' }).asked).toBeNull()
    expect(createCustomScreen({ issuer: ISSUER, address: 'https://login.shop.example/?request=r&type=reauth&prompt=login&notice=password_changed' }).asked).toEqual({ request: 'r', clientId: '', type: 'reauth', prompt: 'login', notice: 'password_changed' })
  })
})
