import { expect, test } from 'vitest'
import { signIn, signUp } from '../../harness/people.ts'
import { describePlans } from '../../harness/plans.ts'

describePlans('hints', (plan) => {
  test('oidcc-ensure-request-with-unknown-parameter-succeeds: what nobody knows is ignored', async () => {
    const { authorize, redeem, signedIn, person } = plan()
    const tokens = await redeem(await authorize(await signedIn(), { extra: 'foobar' }))
    expect(tokens.claims()?.sub).toBe(person.id)
  })

  test('oidcc-id-token-hint: with the ID token from before, who is signed in is told of without a page', async () => {
    const { authorize, redeem, signedIn } = plan()
    const browser = await signedIn()
    const first = await redeem(await authorize(browser))
    const second = await redeem(await authorize(browser, { prompt: 'none', id_token_hint: first.id_token! }))
    expect(second.claims()?.sub).toBe(first.claims()?.sub)
  })

  test('oidcc-id-token-hint: where somebody else is signed in the application hears login_required, with and without prompt=none', async () => {
    const { authorize, redeem, signedIn, server } = plan()
    const first = await redeem(await authorize(await signedIn()))
    const other = await signUp(server)
    for (const prompt of ['none', undefined]) {
      const { callback } = await authorize(await signIn(server, other), { prompt, id_token_hint: first.id_token! })
      expect(callback?.parameters.get('error')).toBe('login_required')
    }
  })

  test('oidcc-login-hint: the sign-in page has the hint in its field, and another may sign in', async () => {
    const { authorize, comeBack, redeem, server, person } = plan()
    const browser = server.browser()
    const asked = await authorize(browser, { login_hint: 'buffy@example.com' })
    expect(asked.answer.body).toMatch(/<input[^>]*name="identifier"[^>]*value="buffy@example\.com"/)
    await signIn(server, person, browser)
    expect((await redeem(await comeBack(browser, asked))).claims()?.sub).toBe(person.id)
  })

  test('oidcc-login-hint: markup in the hint is text', async () => {
    const { authorize, server } = plan()
    const { answer } = await authorize(server.browser(), { login_hint: '"><script>alert(1)</script>' })
    expect(answer.statusCode).toBe(200)
    expect(answer.body).not.toContain('<script>alert')
  })

  test('oidcc-ui-locales: the sign-in page speaks the first of the languages that it knows', async () => {
    const { authorize, comeBack, redeem, server, person } = plan()
    const browser = server.browser()
    const asked = await authorize(browser, { ui_locales: 'tlh de fr' })
    expect(asked.answer.body).toContain('<html lang="de"')
    await signIn(server, person, browser)
    expect((await redeem(await comeBack(browser, asked))).claims()?.sub).toBe(person.id)
  })

  test('oidcc-claims-locales: a language of claims is no reason to refuse', async () => {
    const { authorize, redeem, signedIn, person } = plan()
    expect((await redeem(await authorize(await signedIn(), { claims_locales: 'se' }))).claims()?.sub).toBe(person.id)
  })

  test('oidcc-ensure-request-with-acr-values-succeeds: an acr that is only wished for is no reason to refuse', async () => {
    const { authorize, redeem, signedIn, shop } = plan()
    const wished = shop.config.serverMetadata()['acr_values_supported'] as string[]
    expect(wished).toEqual(['aal1', 'aal2'])
    const tokens = await redeem(await authorize(await signedIn(), { acr_values: wished.toReversed().join(' ') }))
    expect(tokens.claims()?.['acr']).toBe('aal1')
  })
})
