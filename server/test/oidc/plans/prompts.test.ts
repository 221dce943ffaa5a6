import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Browser } from '../../harness/browser.ts'
import { locationOf } from '../../harness/pages.ts'
import { signIn } from '../../harness/people.ts'
import type { Authorization } from '../../harness/plans.ts'
import { describePlans } from '../../harness/plans.ts'

const pageOf = ({ answer }: Authorization) => String(answer.raw.req.url).split('?')[0]

/** Instants of claims have whole seconds: one later is later. */
const LATER_MS = 1_100

describePlans('prompts', (plan) => {
  /** Proves who is signed in on the page that they were led to. */
  async function prove(browser: Browser, { answer }: Authorization): Promise<void> {
    const { person } = plan()
    const returnTo = new URL(String(answer.raw.req.url), 'http://localhost').searchParams.get('return_to') ?? ''
    const proven = await browser.post('/auth/reauthenticate', { intent: 'password', password: person.password, return_to: returnTo })
    expect(locationOf(proven)).toBe(returnTo)
  }

  for (const display of ['page', 'popup']) {
    test(`oidcc-display-${display}: who is not signed in gets our page, signs in, and the application its code`, async () => {
      const { authorize, comeBack, redeem, server, person } = plan()
      const browser = server.browser()
      const asked = await authorize(browser, { display })
      expect([asked.answer.statusCode, pageOf(asked)]).toEqual([200, '/auth/login'])
      await signIn(server, person, browser)
      expect((await redeem(await comeBack(browser, asked))).claims()?.sub).toBe(person.id)
    })
  }

  test('oidcc-prompt-login: who is signed in proves again who they are, and auth_time is later', async () => {
    const { authorize, comeBack, redeem, signedIn } = plan()
    const browser = await signedIn()
    const first = await redeem(await authorize(browser, { max_age: '10000' }))
    await wait(LATER_MS)
    const asked = await authorize(browser, { prompt: 'login', max_age: '10000' })
    expect([asked.callback, pageOf(asked)]).toEqual([undefined, '/auth/reauthenticate'])

    // Going on without it leads to the same question.
    expect(pageOf(await comeBack(browser, asked))).toBe('/auth/reauthenticate')

    const again = await authorize(browser, { prompt: 'login', max_age: '10000' })
    await prove(browser, again)
    const second = await redeem(await comeBack(browser, again))
    expect(second.claims()?.sub).toBe(first.claims()?.sub)
    expect(second.claims()?.auth_time).toBeGreaterThan(first.claims()!.auth_time!)
  })

  test('oidcc-prompt-none-not-logged-in: the application hears that somebody has to sign in, and nobody sees a page', async () => {
    const { authorize, server } = plan()
    const { callback, checks } = await authorize(server.browser(), { prompt: 'none' })
    expect(callback?.parameters.get('error')).toBe('login_required')
    expect(callback?.parameters.get('state')).toBe(checks.expectedState)
    expect(callback?.parameters.has('code')).toBe(false)
  })

  test('oidcc-prompt-none-logged-in: who is signed in is told of without a page, by the same sub and auth_time', async () => {
    const { authorize, redeem, signedIn } = plan()
    const browser = await signedIn()
    const first = await redeem(await authorize(browser, { max_age: '10000' }))
    const second = await redeem(await authorize(browser, { prompt: 'none', max_age: '10000' }))
    expect(second.claims()).toMatchObject({ sub: first.claims()?.sub, auth_time: first.claims()?.auth_time })
  })

  test('oidcc-max-age-1: who signed in two seconds ago proves again who they are, and the ID token has an auth_time that is later', async () => {
    const { authorize, comeBack, redeem, signedIn } = plan()
    const browser = await signedIn()
    const first = await redeem(await authorize(browser, { max_age: '10000' }))
    await wait(2 * LATER_MS)
    const asked = await authorize(browser, { max_age: '1' })
    expect([asked.callback, pageOf(asked)]).toEqual([undefined, '/auth/reauthenticate'])
    await prove(browser, asked)
    const second = await redeem(await comeBack(browser, asked))
    expect(second.claims()?.auth_time).toBeGreaterThan(first.claims()!.auth_time!)
  })

  test('oidcc-max-age-10000: who signed in a moment ago is asked nothing, and the ID token has the same auth_time', async () => {
    const { authorize, redeem, signedIn } = plan()
    const browser = await signedIn()
    const first = await redeem(await authorize(browser, { max_age: '10000' }))
    const second = await redeem(await authorize(browser, { max_age: '10000' }))
    expect(first.claims()?.auth_time).toBeTypeOf('number')
    expect(second.claims()).toMatchObject({ sub: first.claims()?.sub, auth_time: first.claims()?.auth_time })
  })
})
