import * as oidc from 'openid-client'
import { expect, test } from 'vitest'
import { describePlans } from '../../harness/plans.ts'

describePlans('codes and refresh tokens', (plan) => {
  const THIRTY_SECONDS_MS = 30_000

  for (const [name, after] of [['oidcc-codereuse', 0], ['oidcc-codereuse-30seconds', THIRTY_SECONDS_MS]] as const) {
    test(`${name}: a code that comes ${after === 0 ? 'again' : 'again later'} is refused, and the access token it gave is void`, async () => {
      const { authorize, redeem, signedIn, server, shop, person } = plan()
      const authorization = await authorize(await signedIn())
      const tokens = await redeem(authorization)
      expect(await oidc.fetchUserInfo(shop.config, tokens.access_token, person.id)).toEqual({ sub: person.id })
      server.clock.advance(after)
      await expect(redeem(authorization)).rejects.toMatchObject({ error: 'invalid_grant', status: 400 })
      await expect(oidc.fetchUserInfo(shop.config, tokens.access_token, person.id)).rejects.toMatchObject({ status: 401 })
    })
  }

  test('oidcc-refresh-token: gives tokens of the same person and sign-in, and is bound to its client', async () => {
    const { authorize, redeem, signedIn, shop, other, person } = plan()
    const browser = await signedIn()
    const first = await redeem(await authorize(browser, { scope: 'openid offline_access', prompt: 'consent' }))
    expect(first.refresh_token).toMatch(/^[\x20-\x7e]+$/)
    const second = await oidc.refreshTokenGrant(shop.config, first.refresh_token!)
    const [before, after] = [first.claims()!, second.claims()!]
    expect(second.access_token).not.toBe(first.access_token)
    // OpenID Connect Core 1.0 section 12.2.
    expect([after.iss, after.sub, after.aud, after.auth_time]).toEqual([before.iss, before.sub, before.aud, before.auth_time])
    expect(after.iat).toBeGreaterThanOrEqual(before.iat)
    expect(await oidc.fetchUserInfo(shop.config, second.access_token, person.id)).toEqual({ sub: person.id })

    const others = await redeem(await authorize(browser, { scope: 'openid offline_access', prompt: 'consent' }, other), other)
    await expect(oidc.refreshTokenGrant(shop.config, others.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' })
    // Its own client still may.
    expect((await oidc.refreshTokenGrant(other.config, others.refresh_token!)).claims()?.sub).toBe(person.id)
  })
})
