import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { challengeOf, setUpTotp, signUpWithTotp } from '../harness/factors.ts'
import { followToForm, locationOf, stateIn } from '../harness/pages.ts'
import { addPasskey, loginWith, newAuthenticator } from '../harness/passkeys.ts'
import { GOOD_PASSWORD, newAddress, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, decodeToken, QUICK } from '../harness/tokens.ts'
import { totpCode } from '../../../scripts/test-services/authenticator-app.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const STEP = 30_000

for (const engine of testEngines) {
  describe(`a second factor on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
    })
    afterAll(() => server.close())
    const codeOf = (key: string, steps = 0) => totpCode(key, server.clock.now(), steps)

    test('is asked for after the right password, and then signs in with both in the token', async () => {
      const ada = await signUpWithTotp(server)
      const browser = server.browser()
      const challenge = await challengeOf(ada, browser)
      expect((await browser.api('GET', '/user')).statusCode).toBe(401)
      const proven = await browser.api('POST', '/second-factor', { authentication_challenge_id: challenge, totp_code: codeOf(ada.key) })
      expect(proven.statusCode).toBe(200)
      expect((await browser.api('GET', '/user')).json()).toMatchObject({ id: ada.id })
      expect(decodeToken(cookieOf(browser, 'access')).payload).toMatchObject({ amr: ['pwd', 'otp', 'mfa'], acr: 'aal2' })
      expect(decodeToken(cookieOf(ada.browser, 'access')).payload).toMatchObject({ acr: 'aal1' })
    })

    // security case I1
    test('is never mentioned to who does not know the password', async () => {
      const [withFactor, without] = [await signUpWithTotp(server), await signUp(server)]
      const answers = await Promise.all(
        [withFactor.email, without.email, newAddress('nobody')].map((identifier) => server.browser().api('POST', '/login', { identifier, password: 'wrong password' })),
      )
      const shapes = answers.map(({ statusCode, body }) => [statusCode, body.replace(/"request_id":"[^"]+"/, '')])
      expect(new Set(shapes.map((shape) => JSON.stringify(shape))).size).toBe(1)
    })

    test('takes a time step once, with one step of drift to either side and no more', async () => {
      const ada = await signUpWithTotp(server)
      const prove = async (code: string) => {
        const browser = server.browser()
        const challenge = await challengeOf(ada, browser)
        return (await browser.api('POST', '/second-factor', { authentication_challenge_id: challenge, totp_code: code })).statusCode
      }
      server.clock.advance(10 * MINUTE)
      const at = server.clock.now()
      expect([await prove(totpCode(ada.key, at, -2)), await prove(totpCode(ada.key, at, 2))]).toEqual([401, 401])
      expect(await prove(totpCode(ada.key, at))).toBe(200)
      expect(await prove(totpCode(ada.key, at))).toBe(401)
      // An older step than the one that was taken, though still within the drift.
      expect(await prove(totpCode(ada.key, at, -1))).toBe(401)
      expect(await prove(totpCode(ada.key, at, 1))).toBe(200)
      server.clock.advance(5 * STEP)
      expect(await prove(codeOf(ada.key, -1))).toBe(200)
    })

    test('yields to a recovery code once, which is told to the owner', async () => {
      const ada = await signUpWithTotp(server)
      expect(ada.recoveryCodes).toHaveLength(10)
      expect(new Set(ada.recoveryCodes).size).toBe(10)
      const prove = async (code: string) => {
        const browser = server.browser()
        const challenge = await challengeOf(ada, browser)
        return (await browser.api('POST', '/second-factor', { authentication_challenge_id: challenge, recovery_code: code })).statusCode
      }
      const [first = '', second = ''] = ada.recoveryCodes
      expect(await prove(first)).toBe(200)
      expect(await prove(first)).toBe(401)
      expect(await prove(` ${second.toLowerCase().replace('-', ' ')} `)).toBe(200)
      expect(await prove('00000-00000')).toBe(401)
      expect((await server.mailsTo(ada.email)).filter((mail) => mail.subject.includes('recovery code of your'))).toHaveLength(2)
      expect((await ada.browser.api('GET', '/account/second-factors')).json()).toMatchObject({ recovery_codes_left: 8 })

      const made = await ada.browser.api('POST', '/account/recovery-codes')
      expect(made.statusCode).toBe(201)
      expect(await prove(ada.recoveryCodes[2]!)).toBe(401)
      expect(await prove(made.json<{ recovery_codes: string[] }>().recovery_codes[0]!)).toBe(200)
    })

    test('is spared in a browser that its owner trusts, for the time of the policy, until it is forgotten', async () => {
      const ada = await signUpWithTotp(server)
      const browser = server.browser()
      const challenge = await challengeOf(ada, browser)
      await browser.api('POST', '/second-factor', { authentication_challenge_id: challenge, totp_code: codeOf(ada.key), remember_device: true })
      const device = cookieOf(browser, 'device')
      const signInAgain = async (from = browser) => (await from.api('POST', '/login', { identifier: ada.email, password: ada.password })).statusCode
      expect(await signInAgain()).toBe(200)
      expect(decodeToken(cookieOf(browser, 'access')).payload).toMatchObject({ amr: ['pwd'], acr: 'aal1' })

      const eve = await signUpWithTotp(server)
      const other = server.browser()
      other.cookies.set('gatepost_device', device)
      expect((await other.api('POST', '/login', { identifier: eve.email, password: eve.password })).statusCode).toBe(401)
      other.cookies.set('gatepost_device', `${device.slice(0, -1)}${device.endsWith('A') ? 'B' : 'A'}`)
      expect(await signInAgain(other)).toBe(401)

      const { trusted_devices: devices } = (await ada.browser.api('GET', '/account/second-factors')).json<{ trusted_devices: { id: string }[] }>()
      expect(devices).toHaveLength(1)
      expect((await eve.browser.api('DELETE', `/account/trusted-devices/${devices[0]!.id}`)).statusCode).toBe(404)
      expect(await signInAgain()).toBe(200)
      expect((await ada.browser.api('DELETE', `/account/trusted-devices/${devices[0]!.id}`)).statusCode).toBe(204)
      expect(await signInAgain()).toBe(401)
    })

    test('is asked for again in every trusted browser once the password was changed', async () => {
      const ada = await signUpWithTotp(server)
      const browser = server.browser()
      const challenge = await challengeOf(ada, browser)
      await browser.api('POST', '/second-factor', { authentication_challenge_id: challenge, totp_code: codeOf(ada.key), remember_device: true })
      const password = `${ada.password} two`
      expect((await browser.api('PUT', '/account/password', { current_password: ada.password, new_password: password })).statusCode).toBe(204)
      await challengeOf({ ...ada, password }, browser)
    })

    test('is asked for again in a trusted browser after the days of the policy, and after a password reset', async () => {
      const ada = await signUpWithTotp(server)
      const trust = async () => {
        const browser = server.browser()
        const challenge = await challengeOf(ada, browser)
        const proven = await browser.api('POST', '/second-factor', { authentication_challenge_id: challenge, totp_code: codeOf(ada.key), remember_device: true })
        expect(proven.statusCode).toBe(200)
        return browser
      }
      const browser = await trust()
      server.clock.advance(31 * DAY)
      expect((await browser.api('POST', '/login', { identifier: ada.email, password: ada.password })).statusCode).toBe(401)

      const again = await trust()
      const asked = await server.browser().api('POST', '/password-reset/challenges', { email: ada.email, new_password: 'a password after the reset' })
      const code = await server.codeFor(ada.email)
      await server.browser().api('POST', '/password-reset/challenges/verify', { ...asked.json<object>(), code })
      const answer = await again.api('POST', '/login', { identifier: ada.email, password: 'a password after the reset' })
      expect([answer.statusCode, answer.json<{ error: { code: string } }>().error.code]).toEqual([401, 'second_factor_required'])
    })

    // security case J5
    test('cannot be passed by any other way in', async () => {
      const ada = await signUpWithTotp(server)
      const eve = await signUpWithTotp(server)
      // An emailed code instead of the password.
      const pages = server.browser()
      const sent = await pages.post('/auth/login', { intent: 'code', identifier: ada.email })
      const state = await followToForm(pages, sent)
      const afterCode = await pages.post('/auth/verify', { intent: 'submit_code', state, code: await server.codeFor(ada.email) })
      expect(locationOf(afterCode)).toContain('/auth/verify?flow=')
      expect((await pages.api('GET', '/user')).statusCode).toBe(401)

      // Half signed in: no state, refresh or account route lets anybody further.
      const browser = server.browser()
      const challenge = await challengeOf(ada, browser)
      expect((await browser.api('POST', '/sessions/refresh')).statusCode).toBe(401)
      expect((await browser.api('POST', '/account/totp-set-up')).statusCode).toBe(401)
      const proveWith = (body: object) => browser.api('POST', '/second-factor', { authentication_challenge_id: challenge, ...body })
      expect((await proveWith({ totp_code: codeOf(eve.key) })).statusCode).toBe(401)
      expect((await proveWith({ recovery_code: eve.recoveryCodes[0] })).statusCode).toBe(401)
      expect((await proveWith({})).statusCode).toBe(400)
      expect((await proveWith({ totp_code: codeOf(ada.key), recovery_code: ada.recoveryCodes[0] })).statusCode).toBe(400)
      for (const intent of ['password', 'code', 'submit_code', 'new_password', 'signup', 'identify']) {
        const fields = { intent, state: challenge, identifier: ada.email, password: ada.password, code: '000000', new_password: GOOD_PASSWORD }
        await browser.post('/auth/verify', fields)
        expect((await browser.api('GET', '/user')).statusCode, intent).toBe(401)
      }
      // A state of the time before there was a factor finishes nothing now.
      const early = await signUp(server)
      const before = server.browser()
      const begun = await before.post('/auth/login', { intent: 'identify', identifier: early.email })
      const old = await followToForm(before, begun)
      await setUpTotp(server, early.browser)
      const late = await before.post('/auth/verify', { intent: 'password', state: old, password: early.password })
      expect(locationOf(late)).toContain('/auth/verify?flow=')
      expect((await before.api('GET', '/user')).statusCode).toBe(401)
    })

    test('is part of proving again who one is, where a trusted browser does not count', async () => {
      const ada = await signUpWithTotp(server)
      const browser = server.browser()
      const first = await challengeOf(ada, browser)
      await browser.api('POST', '/second-factor', { authentication_challenge_id: first, totp_code: codeOf(ada.key), remember_device: true })
      server.clock.advance(11 * MINUTE)
      await browser.api('POST', '/sessions/refresh')
      const wanted = await browser.api('POST', '/account/recovery-codes')
      expect(wanted.statusCode).toBe(428)
      const challengeIn = (answer: typeof wanted) => answer.json<{ error: { details: { authentication_challenge: { id: string } } } }>().error.details.authentication_challenge.id
      const byPassword = await browser.api('POST', '/reauthenticate/password', { authentication_challenge_id: challengeIn(wanted), password: ada.password })
      expect([byPassword.statusCode, byPassword.json<{ error: { code: string } }>().error.code]).toEqual([401, 'second_factor_required'])
      expect((await browser.api('POST', '/account/recovery-codes')).statusCode).toBe(428)
      const proven = await browser.api('POST', '/reauthenticate/second-factor', { authentication_challenge_id: challengeIn(byPassword), totp_code: codeOf(ada.key) })
      expect(proven.statusCode).toBe(204)
      expect((await browser.api('POST', '/account/recovery-codes')).statusCode).toBe(201)
    })

    test('is needed, not spared, before anything changes that protects the account', async () => {
      const ada = await signUpWithTotp(server)
      const browser = server.browser()
      const first = await challengeOf(ada, browser)
      await browser.api('POST', '/second-factor', { authentication_challenge_id: first, totp_code: codeOf(ada.key), remember_device: true })
      await browser.api('POST', '/sessions/logout')
      expect((await browser.api('POST', '/login', { identifier: ada.email, password: ada.password })).statusCode).toBe(200)
      const { totps } = (await browser.api('GET', '/account/second-factors')).json<{ totps: { id: string }[] }>()
      const changes = [
        ['DELETE', `/account/totp/${totps[0]!.id}`],
        ['POST', '/account/totp-set-up'],
        ['POST', '/account/recovery-codes'],
        ['POST', '/account/passkey/options'],
        ['POST', '/account/email-change/challenges', { new_email: newAddress() }],
        ['DELETE', '/account'],
        ['POST', '/reauthenticate/check'],
      ] as const
      for (const [method, path, body] of changes) expect([path, (await browser.api(method, path, body)).statusCode]).toEqual([path, 428])

      server.clock.advance(2 * STEP)
      const idIn = (answer: { json<T>(): T }) => answer.json<{ error: { details: { authentication_challenge: { id: string } } } }>().error.details.authentication_challenge.id
      const asked = idIn(await browser.api('POST', '/reauthenticate/check'))
      const second = idIn(await browser.api('POST', '/reauthenticate/password', { authentication_challenge_id: asked, password: ada.password }))
      await browser.api('POST', '/reauthenticate/second-factor', { authentication_challenge_id: second, totp_code: codeOf(ada.key) })
      expect((await browser.api('DELETE', `/account/totp/${totps[0]!.id}`)).statusCode).toBe(204)
    })

    test('is set up at the next sign-in where the settings require one, and only by who has none', async () => {
      const strict = await server.sibling({}, 'second_factor: { mode: required }')
      try {
        const ada = await signUp(server)
        const asked = await strict.browser().api('POST', '/login', { identifier: ada.email, password: ada.password })
        const { details } = asked.json<{ error: { details: { authentication_challenge: { id: string }; second_factor: { totp_key: string; totp_uri: string } } } }>().error
        const { id: challenge } = details.authentication_challenge
        const { totp_key: key } = details.second_factor
        expect(details.second_factor.totp_uri).toContain(`secret=${key}`)
        const browser = strict.browser()
        const prove = (code: string) => browser.api('POST', '/second-factor', { authentication_challenge_id: challenge, totp_code: code })
        expect((await prove(codeOf(key, 7))).statusCode).toBe(401)
        const done = await prove(codeOf(key))
        expect(done.statusCode).toBe(200)
        expect(done.json<{ recovery_codes: string[] }>().recovery_codes).toHaveLength(10)
        expect(decodeToken(cookieOf(browser, 'access')).payload).toMatchObject({ amr: ['pwd', 'otp', 'mfa'] })
        const { totps } = (await browser.api('GET', '/account/second-factors')).json<{ totps: { id: string }[] }>()
        expect((await browser.api('DELETE', `/account/totp/${totps[0]!.id}`)).statusCode).toBe(409)

        // Two half-finished sign-ins of one account: the second may not add a factor of its own once there is one.
        const eve = await signUp(server)
        const half = async () => {
          const answer = await strict.browser().api('POST', '/login', { identifier: eve.email, password: eve.password })
          const found = answer.json<{ error: { details: { authentication_challenge: { id: string }; second_factor: { totp_key: string } } } }>().error.details
          return { authentication_challenge_id: found.authentication_challenge.id, totp_code: codeOf(found.second_factor.totp_key) }
        }
        const [owner, intruder] = [await half(), await half()]
        expect((await strict.browser().api('POST', '/second-factor', owner)).statusCode).toBe(200)
        expect((await strict.browser().api('POST', '/second-factor', intruder)).statusCode).toBe(400)
      } finally {
        await strict.close()
      }
    })

    test('is set up on the pages with its recovery codes as a step, which are kept before the sign-in goes on and never shown again', async () => {
      const strict = await server.sibling({}, 'second_factor: { mode: required }')
      try {
        const ada = await signUp(server)
        const browser = strict.browser()
        const atSetUp = await followToForm(browser, await browser.post('/auth/login', { intent: 'password', identifier: ada.email, password: ada.password }))
        const page = (await browser.get(`/auth/verify?flow=${encodeURIComponent(atSetUp)}`)).body
        const key = /[A-Z2-7]{32}/.exec(page)?.[0] ?? ''
        const given = await browser.post('/auth/verify', { intent: 'totp', state: atSetUp, code: codeOf(key) })
        expect([given.statusCode, browser.cookies.has('gatepost_access')]).toEqual([303, false])
        const shown = await browser.get(String(given.headers['location']))
        expect(shown.statusCode).toBe(200)
        const codes = [...shown.body.matchAll(/<li>(\w{5}-\w{5})<\/li>/g)].map(([, code]) => code ?? '')
        expect(codes).toHaveLength(10)
        const file = decodeURIComponent(/href="data:text\/plain;charset&#61;utf-8,([^"]+)" download="recovery-codes.txt"/.exec(shown.body)?.[1] ?? '')
        for (const code of codes) expect(file).toContain(code)
        const state = await followToForm(browser, given)
        const done = await browser.post('/auth/verify', { intent: 'recovery_codes_kept', state })
        expect([done.statusCode, done.headers['location']]).toEqual([303, '/'])
        expect((await browser.api('GET', '/account/second-factors')).json()).toMatchObject({ recovery_codes_left: 10 })
        expect((await browser.post('/auth/verify', { intent: 'recovery_codes_kept', state })).statusCode).toBe(400)
      const later = await browser.get(String(given.headers['location']))
      expect([later.statusCode, later.body.includes(codes[0] ?? '-')]).toEqual([400, false])
        const elsewhere = strict.browser()
        const challenge = await challengeOf(ada, elsewhere)
        expect((await elsewhere.api('POST', '/second-factor', { authentication_challenge_id: challenge, recovery_code: codes[9] })).statusCode).toBe(200)
      } finally {
        await strict.close()
      }
    })

    test('is set up before a new account is signed in where the settings require one', async () => {
      const strict = await server.sibling({}, 'second_factor: { mode: required }')
      try {
        const email = newAddress()
        const browser = strict.browser()
        const asked = await browser.api('POST', '/signup/challenges', { email, password: GOOD_PASSWORD })
        const proven = await browser.api('POST', '/signup/challenges/verify', { ...asked.json<object>(), code: await strict.codeFor(email) })
        const { details } = proven.json<{ error: { details: { authentication_challenge: { id: string }; second_factor: { totp_key: string } } } }>().error
        expect((await browser.api('GET', '/user')).statusCode).toBe(401)
        const done = await browser.api('POST', '/second-factor', { authentication_challenge_id: details.authentication_challenge.id, totp_code: codeOf(details.second_factor.totp_key) })
        expect(done.statusCode).toBe(200)
        expect((await browser.api('GET', '/user')).json()).toMatchObject({ email })
      } finally {
        await strict.close()
      }
    })

    test('is required only after the grace period, and not at all where it is off', async () => {
      const until = new Date(server.clock.now() + DAY).toISOString()
      const gentle = await server.sibling({}, `second_factor: { mode: required, grace_until: '${until}' }`)
      const off = await server.sibling({}, 'second_factor: { mode: off }')
      const [without, withFactor] = [await signUp(server), await signUpWithTotp(server)]
      await signIn(gentle, without)
      await signIn(off, withFactor)
      await challengeOf(withFactor, gentle.browser())
      server.clock.advance(2 * DAY)
      await challengeOf(without, gentle.browser())
      expect((await withFactor.browser.api('POST', '/sessions/refresh')).statusCode).toBe(200)
      await gentle.close()
      await off.close()
    })

    test('is removed with a recent proof, and its recovery codes and trusted browsers go with it', async () => {
      const ada = await signUpWithTotp(server)
      const { totps } = (await ada.browser.api('GET', '/account/second-factors')).json<{ totps: { id: string }[] }>()
      const eve = await signUp(server)
      expect((await eve.browser.api('DELETE', `/account/totp/${totps[0]!.id}`)).statusCode).toBe(404)
      server.clock.advance(11 * MINUTE)
      await ada.browser.api('POST', '/sessions/refresh')
      expect((await ada.browser.api('DELETE', `/account/totp/${totps[0]!.id}`)).statusCode).toBe(428)
      const browser = server.browser()
      const challenge = await challengeOf(ada, browser)
      await browser.api('POST', '/second-factor', { authentication_challenge_id: challenge, totp_code: codeOf(ada.key), remember_device: true })
      expect((await browser.api('DELETE', `/account/totp/${totps[0]!.id}`)).statusCode).toBe(204)
      expect((await browser.api('GET', '/account/second-factors')).json()).toEqual({ totps: [], recovery_codes_left: 0, trusted_devices: [] })
      expect((await server.mailTo(ada.email))?.subject).toContain('removed')
      await signIn(server, ada)
    })

    test('is walked on the pages: set up in the settings, asked for at sign-in, remembered, proven by a recovery code', async () => {
      const ada = await signUp(server)
      const page = await ada.browser.get('/auth/settings/authenticator_app')
      expect(page.body).toContain('<svg class="gp-qr"')
      const key = /<code[^>]*>([A-Z2-7 ]+)<\/code>/.exec(page.body)![1]!.replaceAll(' ', '')
      const setUp = /name="set_up" value="([^"]*)"/.exec(page.body)![1]!
      const wrong = await ada.browser.post('/auth/settings/authenticator_app', { set_up: setUp, code: codeOf(key, 9), name: 'Phone' })
      expect(wrong.statusCode).toBe(422)
      const shown = await ada.browser.post('/auth/settings/authenticator_app', { set_up: setUp, code: codeOf(key), name: 'Phone' })
      expect(shown.statusCode).toBe(200)
      const codes = [...shown.body.matchAll(/<li>([0-9A-Z]{5}-[0-9A-Z]{5})<\/li>/g)].map(([, code]) => code!)
      expect(codes).toHaveLength(10)
      expect((await ada.browser.get('/auth/settings')).body).toContain('Phone')
      server.clock.advance(2 * STEP)

      const browser = server.browser()
      const half = await browser.post('/auth/login', { intent: 'password', identifier: ada.email, password: ada.password, return_to: '/orders' })
      const asked = await browser.get(locationOf(half))
      expect(asked.body).toContain('name="trust_device"')
      const refused = await browser.post('/auth/verify', { intent: 'totp', state: stateIn(asked), code: codeOf(key, 9) })
      expect(refused.statusCode).toBe(422)
      const done = await browser.post('/auth/verify', { intent: 'totp', state: stateIn(refused), code: codeOf(key), trust_device: 'yes' })
      expect([done.statusCode, locationOf(done)]).toEqual([303, '/orders'])
      await browser.api('POST', '/sessions/logout')
      const spared = await browser.post('/auth/login', { intent: 'password', identifier: ada.email, password: ada.password })
      expect(locationOf(spared)).not.toContain('flow=')

      const elsewhere = server.browser()
      const state = await followToForm(elsewhere, await elsewhere.post('/auth/login', { intent: 'password', identifier: ada.email, password: ada.password }))
      const byCode = await elsewhere.post('/auth/verify', { intent: 'recovery_code', state, recovery_code: codes[0]! })
      expect(byCode.statusCode).toBe(303)
      expect((await elsewhere.api('GET', '/user')).statusCode).toBe(200)
    })

    // security case K1
    test('counts wrong codes for an account across factors, doors and names, and gives right ones back', async () => {
      const limited = await server.sibling({ RATE_LIMITS: 'on' })
      try {
        const ada = await signUpWithTotp(server)
        const statuses: number[] = []
        for (let tries = 0; tries < 11; tries += 1) {
          const browser = limited.browser()
          const challenge = await challengeOf(ada, browser)
          const proof = tries % 2 === 0 ? { totp_code: codeOf(ada.key, 9) } : { recovery_code: '00000-00000' }
          statuses.push((await browser.api('POST', '/second-factor', { authentication_challenge_id: challenge, ...proof })).statusCode)
        }
        expect(statuses).toEqual([...Array<number>(10).fill(401), 429])
        const browser = limited.browser()
        const challenge = await challengeOf(ada, browser)
        expect((await browser.api('POST', '/second-factor', { authentication_challenge_id: challenge, totp_code: codeOf(ada.key) })).statusCode).toBe(429)
      } finally {
        await limited.close()
      }
    })

    // security case I1
    test('cannot be tried, used up or noticed by who has not given the first proof', async () => {
      const limited = await server.sibling({ RATE_LIMITS: 'on' })
      try {
        const ada = await signUpWithTotp(server)
        const tryAs = async (browser: ReturnType<TestServer['browser']>, login_id: string) => {
          const inputs = [{ identification: 'email', login_id }, { authentication: 'secondary_totp', code: '000000' }]
          return browser.api('POST', '/authentication_flows', { type: 'login', name: 'default', batch_input: inputs })
        }
        const shapes: string[][] = []
        for (const login_id of [ada.email, newAddress('nobody')]) {
          const browser = limited.browser()
          const answers = []
          for (let tries = 0; tries < 12; tries += 1) answers.push(await tryAs(browser, login_id))
          shapes.push(answers.map((answer) => `${answer.statusCode} ${answer.body.replace(/"request_id":"[^"]+"/, '')}`))
        }
        expect(shapes[0]).toEqual(shapes[1])
        expect(shapes[0]!.every((shape) => shape.startsWith('400 '))).toBe(true)
        const browser = limited.browser()
        const challenge = await challengeOf(ada, browser)
        expect((await browser.api('POST', '/second-factor', { authentication_challenge_id: challenge, totp_code: codeOf(ada.key) })).statusCode).toBe(200)
      } finally {
        await limited.close()
      }
    })

    // security case J5
    test('is the passkey where that is what the account has: a password does not set up another one beside it', async () => {
      const strict = await server.sibling({}, 'second_factor: { mode: required }')
      try {
        const ada = await signUp(server)
        const authenticator = newAuthenticator()
        await addPasskey(ada.browser, authenticator)
        const refused = await strict.browser().api('POST', '/login', { identifier: ada.email, password: ada.password })
        expect([refused.statusCode, refused.json<{ error: { code: string; details: object } }>().error]).toEqual([
          401,
          expect.objectContaining({ code: 'second_factor_required', details: { authentication_challenge: expect.anything() as object, second_factor: { authentications: ['passkey'] } } }),
        ])
        const page = strict.browser()
        const asked = await page.get(locationOf(await page.post('/auth/login', { intent: 'password', identifier: ada.email, password: ada.password })))
        expect(asked.body).toContain('/second-factor/passkey/options')
        expect(asked.body).not.toContain('name="code"')
        expect((await loginWith(strict.browser(), authenticator)).statusCode).toBe(200)
      } finally {
        await strict.close()
      }
    })

    test('of an app is set up once from one key, however often its first code is sent', async () => {
      const ada = await signUp(server)
      const { set_up, key } = (await ada.browser.api('POST', '/account/totp-set-up')).json<{ set_up: string; key: string }>()
      const send = () => ada.browser.api('POST', '/account/totp', { set_up, code: codeOf(key) })
      const statuses = (await Promise.all([send(), send(), send()])).map((answer) => answer.statusCode)
      expect(statuses.sort()).toEqual([201, 400, 400])
      expect((await send()).statusCode).toBe(400)
      expect((await ada.browser.api('GET', '/account/second-factors')).json<{ totps: object[] }>().totps).toHaveLength(1)
    })

    test('by recovery code works on after the key of the server was rotated', async () => {
      const ada = await signUpWithTotp(server)
      const newer = 'feedbeef0123456789abcdef0011223344556677889900aabbccddeeff010203'
      const rotated = await server.sibling({ ENCRYPTION_KEY: `${newer},${server.app.config.encryptionKeys[0]!}` })
      try {
        const browser = rotated.browser()
        const challenge = await challengeOf(ada, browser)
        const proven = await browser.api('POST', '/second-factor', { authentication_challenge_id: challenge, recovery_code: ada.recoveryCodes[3], remember_device: true })
        expect(proven.statusCode).toBe(200)
        // Nor does a recovery code spare the browser from then on.
        expect([...browser.cookies.keys()].some((name) => name.endsWith('_device'))).toBe(false)
      } finally {
        await rotated.close()
      }
    })

    test('is spent once of fifty parallel uses at two servers', async () => {
      const sibling = await server.sibling()
      try {
        const ada = await signUpWithTotp(server)
        const race = async (proof: object) => {
          const places: { browser: Browser; challenge: string }[] = []
          // In turn: what races is the second proof, and hashing sheds fifty first ones at once on a busy machine.
          for (let index = 0; index < 50; index += 1) {
            const browser = (index % 2 === 0 ? server : sibling).browser()
            places.push({ browser, challenge: await challengeOf(ada, browser) })
          }
          const answers = await Promise.all(places.map(({ browser, challenge }) => browser.api('POST', '/second-factor', { authentication_challenge_id: challenge, ...proof })))
          return answers.filter((answer) => answer.statusCode === 200).length
        }
        expect(await race({ totp_code: codeOf(ada.key) })).toBe(1)
        expect(await race({ recovery_code: ada.recoveryCodes[0] })).toBe(1)
      } finally {
        await sibling.close()
      }
    })
  })
}
