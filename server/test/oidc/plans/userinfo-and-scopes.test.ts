import * as oidc from 'openid-client'
import { beforeEach, expect, test } from 'vitest'
import { addPhone, MESSAGING } from '../../harness/phones.ts'
import { describePlans } from '../../harness/plans.ts'

const NAMES = { given_name: 'Ada', family_name: 'Lovelace', nickname: 'Ada L', website: 'https://example.com/ada', gender: 'female', birthdate: '1815-12-10', zoneinfo: 'Europe/London', locale: 'en-GB' }
const ADDRESS = { street_address: '12 St James Square', locality: 'London', country: 'United Kingdom' }
const ALL = 'openid profile email address phone'

describePlans(
  'userinfo and scopes',
  (plan) => {
    let phone: string
    beforeEach(async () => {
      const { server, person } = plan()
      const attributes = Object.entries({ ...NAMES, address: ADDRESS }).map(([name, value]) => ({ name, value }))
      const told = await person.browser.api('PATCH', '/account/profile', { display_name: 'Ada Lovelace', attributes })
      expect([told.statusCode, told.body]).toEqual([204, ''])
      const known = (await person.browser.api('GET', '/account/phones')).json<{ phones: { phone: string }[] }>().phones[0]
      phone = (known?.phone ?? (await addPhone(server, person.browser))).replaceAll(' ', '')
    })

    const claimsOf = (scope: string): Record<string, unknown> => {
      const { person } = plan()
      return {
        sub: person.id,
        ...(scope.includes('profile') ? { name: 'Ada Lovelace', preferred_username: expect.any(String), ...NAMES } : {}),
        ...(scope.includes('email') ? { email: person.email, email_verified: true } : {}),
        ...(scope.includes('address') ? { address: ADDRESS } : {}),
        ...(scope.includes('phone') ? { phone_number: phone, phone_number_verified: true } : {}),
      }
    }

    async function tokensFor(parameters: Record<string, string>) {
      const { authorize, redeem, signedIn } = plan()
      return redeem(await authorize(await signedIn(), parameters))
    }

    /** Asks as the three modules about it do. */
    async function userInfo(how: 'get' | 'header' | 'body', token: string) {
      const form = { 'content-type': 'application/x-www-form-urlencoded' }
      const bearer = { authorization: `Bearer ${token}` }
      const answer = await plan().server.browser().raw({
        method: how === 'get' ? 'GET' : 'POST',
        url: '/auth/oauth2/userinfo',
        headers: { ...(how === 'body' ? form : bearer) },
        ...(how === 'body' ? { payload: new URLSearchParams({ access_token: token }).toString() } : {}),
      })
      expect(answer.statusCode).toBe(200)
      expect(answer.headers['content-type']).toContain('application/json')
      return answer.json<Record<string, unknown>>()
    }

    for (const [name, how] of [['oidcc-userinfo-get', 'get'], ['oidcc-userinfo-post-header', 'header'], ['oidcc-userinfo-post-body', 'body']] as const) {
      test(`${name}: the claims of who signed in, and their sub is that of the ID token`, async () => {
        const tokens = await tokensFor({ scope: 'openid email' })
        expect(await userInfo(how, tokens.access_token)).toEqual({ ...claimsOf('email'), sub: tokens.claims()!.sub })
      })
    }

    for (const scope of ['profile', 'email', 'address', 'phone']) {
      test(`oidcc-scope-${scope}: userinfo has the claims of the scope and no other, the ID token none of them`, async () => {
        const tokens = await tokensFor({ scope: `openid ${scope}` })
        expect(await userInfo('get', tokens.access_token)).toEqual(claimsOf(scope))
        expect(Object.keys(tokens.claims()!).filter((name) => name !== 'sub' && name in claimsOf(scope))).toEqual([])
      })
    }

    test('oidcc-scope-all: userinfo has the claims of every scope', async () => {
      const tokens = await tokensFor({ scope: ALL })
      expect(await userInfo('get', tokens.access_token)).toEqual(claimsOf(ALL))
    })

    test('oidcc-ensure-other-scope-order-succeeds: openid may stand in another place than the first', async () => {
      const tokens = await tokensFor({ scope: 'email openid' })
      expect(tokens.claims()?.sub).toBe(plan().person.id)
      expect(await userInfo('get', tokens.access_token)).toEqual(claimsOf('email'))
    })

    test('oidcc-claims-essential: a claim that is asked for by name stands in userinfo, without its scope and without its neighbours', async () => {
      const tokens = await tokensFor({ scope: 'openid', claims: JSON.stringify({ userinfo: { name: { essential: true } } }) })
      expect(await oidc.fetchUserInfo(plan().shop.config, tokens.access_token, plan().person.id)).toEqual({ sub: plan().person.id, name: 'Ada Lovelace' })
      expect(tokens.claims()).not.toHaveProperty('name')
    })
  },
  MESSAGING,
)
