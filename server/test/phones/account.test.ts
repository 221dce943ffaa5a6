// The telephone numbers of an account: kept once proven, never somebody else's, and told of by mail.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signInByCode, signUpUnproven } from '../contract/unproven-person.ts'
import { growStale, refusalIn } from '../account-api/challenges.ts'
import type { Browser } from '../harness/browser.ts'
import { createBrowser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { locationOf } from '../harness/pages.ts'
import { signUp } from '../harness/people.ts'
import { addPhone, codeTo, MESSAGING, messagesTo, newPhone, phonesOf } from '../harness/phones.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, countStatuses, eventsOf, QUICK } from '../harness/tokens.ts'

const FIFTY = 50

for (const engine of testEngines) {
  describe(`telephone numbers of an account on ${engine}`, () => {
    let server: TestServer
    let sibling: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, MESSAGING)
      sibling = await server.sibling()
    })
    afterAll(async () => {
      await sibling.close()
      await server.close()
    })

    const ask = (browser: Browser, phone: string, more = {}) => browser.api('POST', '/account/phone-challenges', { phone, ...more })
    const verify = (browser: Browser, challenge: object, code: string) => browser.api('POST', '/account/phone-challenges/verify', { ...challenge, code })
    const shapeOf = ({ statusCode, body }: { statusCode: number; body: string }) => `${statusCode} ${body.replace(/"(request_id|challenge_id)":"[^"]+"/, '')}`

    test('are kept once the code sent to them came back, and the owner is told by mail', async () => {
      const ada = await signUp(server)
      const phone = newPhone()
      const challenge = (await ask(ada.browser, phone)).json<object>()
      expect(await phonesOf(ada.browser)).toEqual([])
      const code = await codeTo(server, phone)
      expect(refusalIn(await verify(ada.browser, challenge, String((Number(code) + 1) % 1_000_000).padStart(6, '0')))).toEqual([400, 'invalid_request', 'code:wrong_code'])
      expect((await verify(ada.browser, challenge, code)).statusCode).toBe(204)
      expect(await phonesOf(ada.browser)).toMatchObject([{ phone }])
      expect((await server.mailTo(ada.email))?.subject).toMatch(/number was added/)
      expect(await eventsOf(server, ada.id, 'user.phone_added')).toHaveLength(1)
      expect((await ada.browser.api('GET', '/account/export')).json()).toMatchObject({ phones: [{ verified_at: expect.any(String) as string }] })
    })

    test('are removed by their owner, who is told by mail', async () => {
      const ada = await signUp(server)
      await addPhone(server, ada.browser)
      const [phone] = await phonesOf(ada.browser)
      const stranger = await signUp(server)
      expect((await stranger.browser.api('DELETE', `/account/phones/${phone!.id}`)).statusCode).toBe(404)
      expect((await ada.browser.api('DELETE', `/account/phones/${phone!.id}`)).statusCode).toBe(204)
      expect(await phonesOf(ada.browser)).toEqual([])
      expect((await server.mailTo(ada.email))?.subject).toMatch(/number was removed/)
      // Free again for whoever proves it.
      await addPhone(server, stranger.browser, phone!.phone)
    })

    test('want a recent proof to be added and removed', async () => {
      const ada = await signUp(server)
      await addPhone(server, ada.browser)
      const [phone] = await phonesOf(ada.browser)
      const challenge = (await ask(ada.browser, newPhone())).json<object>()
      await growStale(server, ada.browser)
      const answers = [await ask(ada.browser, newPhone()), await verify(ada.browser, challenge, '123456'), await ada.browser.api('DELETE', `/account/phones/${phone!.id}`)]
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([428, 428, 428])
    })

    // security case I1
    test('are answered alike whether another account has them, and nothing is written to who has', async () => {
      const ada = await signUp(server)
      const taken = await addPhone(server, ada.browser)
      const before = (await messagesTo(server, taken)).length
      const eve = await signUp(server)
      const [free, held] = [await ask(eve.browser, newPhone()), await ask(eve.browser, taken)]
      expect(shapeOf(held)).toBe(shapeOf(free))
      expect(await messagesTo(server, taken)).toHaveLength(before)
      const guesses = await Promise.all([free, held].map((asked) => verify(eve.browser, asked.json<object>(), '000000')))
      expect(new Set(guesses.map(shapeOf)).size).toBe(1)
      expect(await phonesOf(eve.browser)).toEqual([])
    })

    test('are refused alike to everybody where their country is not written to, or where they are none', async () => {
      const ada = await signUp(server)
      expect(refusalIn(await ask(ada.browser, '+12025550123'))).toEqual([400, 'invalid_request', 'phone:country_not_allowed'])
      expect(refusalIn(await ask(ada.browser, '079 1'))).toEqual([400, 'invalid_request', 'phone:invalid_phone'])
    })

    test('become one account\'s only, of two that prove the same number', async () => {
      const [ada, eve] = [await signUp(server), await signUp(server)]
      const phone = newPhone()
      const first = (await ask(ada.browser, phone)).json<object>()
      const adasCode = await codeTo(server, phone)
      const second = (await ask(eve.browser, phone)).json<object>()
      const evesCode = await codeTo(server, phone)
      expect((await verify(ada.browser, first, adasCode)).statusCode).toBe(204)
      expect(refusalIn(await verify(eve.browser, second, evesCode))).toEqual([400, 'invalid_request', 'code:code_exhausted'])
    })

    test('are added once by fifty parallel codes at two servers', async () => {
      const ada = await signUp(server)
      const phone = newPhone()
      const challenge = (await ask(ada.browser, phone)).json<object>()
      const code = await codeTo(server, phone)
      const at = (instance: TestServer) => createBrowser(instance.app, {}, ada.browser.cookies)
      const answers = await atOnce([server, sibling], FIFTY, (instance) => verify(at(instance), challenge, code))
      expect(countStatuses(answers)).toEqual({ 204: 1, 400: FIFTY - 1 })
      expect(await phonesOf(ada.browser)).toHaveLength(1)
      expect(await eventsOf(server, ada.id, 'user.phone_added')).toHaveLength(1)
    })

    // security case H1
    test('do not outlive the first proof of the address beside them', async () => {
      const lax = await server.sibling({}, `signup: { verification: off }\n${MESSAGING}`)
      try {
        // Somebody registers an address that is not theirs, and a telephone that is.
        const { email: victim, browser: eve } = await signUpUnproven(lax)
        await addPhone(lax, eve)
        const [phone] = await phonesOf(eve)
        // The only proven thing of the account stays.
        expect(refusalIn(await eve.api('DELETE', `/account/phones/${phone!.id}`))).toEqual([409, 'last_phone'])
        const owner = await signInByCode(lax, victim)
        expect(await phonesOf(owner)).toEqual([])
      } finally {
        await lax.close()
      }
    })

    test('are kept in the settings without scripts: asked for, sent again another way, confirmed, removed', async () => {
      const ada = await signUp(server)
      const phone = newPhone()
      expect((await ada.browser.get('/auth/settings')).body).toContain('Telephone numbers')
      expect((await ada.browser.post('/auth/settings/phone', { new_phone: '12' })).statusCode).toBe(422)
      // Where one country alone is written to, its numbers need no prefix.
      const asked = await ada.browser.post('/auth/settings/phone', { new_phone: phone.replace('+41', '0') })
      const page = await ada.browser.get(locationOf(asked))
      expect(page.body).toContain('+41****')
      const challenge = /name="challenge_id" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
      server.clock.advance(60_000)
      await ada.browser.post('/auth/settings/phone/verify', { intent: 'resend', challenge_id: challenge, channel: 'sms' })
      expect((await messagesTo(server, phone)).map(({ channel }) => channel)).toEqual(['sms', 'whatsapp'])
      expect((await ada.browser.post('/auth/settings/phone/verify', { challenge_id: challenge, intent: 'submit_code', code: await codeTo(server, phone) })).statusCode).toBe(303)
      const [kept] = await phonesOf(ada.browser)
      expect((await ada.browser.get('/auth/settings')).body).toContain(kept!.id)
      expect((await ada.browser.post('/auth/settings/phone/remove', { phone_id: kept!.id })).statusCode).toBe(303)
      expect(await phonesOf(ada.browser)).toEqual([])
    })
  })
}
