import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../src/http/error-codes.ts'
import { ERROR_CODES } from '../../src/http/error-codes.ts'
import { ANONYMOUS, signUpAnonymously } from '../harness/anonymous.ts'
import { testEngines } from '../harness/engines.ts'
import { setUpTotp, signUpWithTotp } from '../harness/factors.ts'
import { addPasskey, beginRegistration, newAuthenticator } from '../harness/passkeys.ts'
import { addEmail } from '../harness/emails.ts'
import { signUpUnproven } from './unproven-person.ts'
import { GOOD_PASSWORD, newAddress, signIn, signUp } from '../harness/people.ts'
import { addPhone, MESSAGING, newPhone, phonesOf } from '../harness/phones.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, QUICK } from '../harness/tokens.ts'
import type { Watch } from './watch-answers.ts'
import { watchAnswers } from './watch-answers.ts'

type Answers = Promise<LightMyRequestResponse>

/** How each code comes about. The compiler asks for one of every code, and refuses one that no longer exists. */
const PRODUCERS: Record<ErrorCode, (server: TestServer) => Answers> = {
  invalid_request: (server) => server.browser().api('POST', '/login', {}),
  unauthorized: (server) => server.browser().api('GET', '/user'),
  forbidden: (server) => server.browser().raw({ method: 'POST', url: '/auth/api/v1/sessions/logout' }),
  async promotion_required(server) {
    const open = await server.sibling({}, ANONYMOUS)
    try {
      return await (await signUpAnonymously(open)).browser.api('GET', '/account/emails')
    } finally {
      await open.close()
    }
  },
  not_found: (server) => server.browser().raw({ method: 'GET', url: '/auth/api/v1/nothing' }),
  method_not_allowed: (server) => server.browser().raw({ method: 'PUT', url: '/auth/api/v1/login' }),
  async username_taken(server) {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    await ada.browser.api('PATCH', '/account/username', { username: 'first_come' })
    return eve.browser.api('PATCH', '/account/username', { username: 'First_Come' })
  },
  async last_email(server) {
    const { browser } = await signUp(server)
    const { emails } = (await browser.api('GET', '/account/emails')).json<{ emails: { id: string }[] }>()
    return browser.api('DELETE', `/account/emails/${emails[0]!.id}`)
  },
  async email_limit_reached(server) {
    const { browser } = await signUp(server)
    for (let count = 1; count < 10; count += 1) await addEmail(server, browser)
    return browser.api('POST', '/account/email-challenges', { email: newAddress('eleventh') })
  },
  async last_phone(server) {
    const lax = await server.sibling({}, `signup: { verification: off }\n${MESSAGING}`)
    try {
      const { browser } = await signUpUnproven(lax)
      await addPhone(lax, browser)
      return await browser.api('DELETE', `/account/phones/${(await phonesOf(browser))[0]!.id}`)
    } finally {
      await lax.close()
    }
  },
  async phone_limit_reached(server) {
    const writing = await server.sibling({}, MESSAGING)
    try {
      const { browser } = await signUp(writing)
      for (let count = 0; count < 5; count += 1) await addPhone(writing, browser)
      return await browser.api('POST', '/account/phone-challenges', { phone: newPhone() })
    } finally {
      await writing.close()
    }
  },
  async account_deletion_scheduled(server) {
    const patient = await server.sibling({}, 'account_deletion: { grace_days: 30 }')
    try {
      const { browser, email, password } = await signUp(server)
      await patient.browser().api('DELETE', '/account', undefined, { authorization: `Bearer ${cookieOf(browser, 'access')}` })
      return await server.browser().api('POST', '/login', { email, password })
    } finally {
      await patient.close()
    }
  },
  async password_already_exists(server) {
    const { browser } = await signUp(server)
    return browser.api('POST', '/account/password', { password: 'another good password' })
  },
  async password_change_required(server) {
    const { email, password } = await signUp(server)
    await server.app.passwordChanges.require(email)
    return server.browser().api('POST', '/login', { email, password })
  },
  async passkey_already_registered(server) {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    const authenticator = newAuthenticator()
    await addPasskey(ada.browser, authenticator)
    const { ceremony, public_key } = await beginRegistration(eve.browser)
    const credentialId = authenticator.credentials[0]!.id.toString('base64url')
    const credential = newAuthenticator().create(public_key, { credentialId })
    return eve.browser.api('POST', '/account/passkeys', { ceremony, credential, name: 'Known' })
  },
  async passkey_limit_reached(server) {
    const { browser } = await signUp(server)
    for (let made = 0; made < 20; made += 1) await addPasskey(browser, newAuthenticator())
    return browser.api('POST', '/account/passkey/options')
  },
  async last_authenticator(server) {
    const { browser, id } = await signUp(server)
    const passkey = await addPasskey(browser, newAuthenticator())
    // No door leads here yet: who has no password has proven the address.
    await server.app.database.transaction(async (tx) => {
      await tx.deleteFrom('authenticator_password').where('user_id', '=', id as never).execute()
      await tx.updateTable('identity').set({ verified_at: null }).where('user_id', '=', id as never).execute()
    })
    return browser.api('DELETE', `/account/passkeys/${passkey}`)
  },
  async session_limit_reached(server) {
    const ada = await signUp(server)
    const full = await server.sibling({}, 'session: { maximum_per_user: 1, when_full: refuse }')
    try {
      return await full.browser().api('POST', '/login', { identifier: ada.email, password: GOOD_PASSWORD })
    } finally {
      await full.close()
    }
  },
  async invalid_authentication_challenge(server) {
    const { browser } = await signUp(server)
    return browser.api('POST', '/reauthenticate/password', { authentication_challenge_id: 'made-up', password: GOOD_PASSWORD })
  },
  async second_factor_required(server) {
    const { email, password } = await signUpWithTotp(server)
    return server.browser().api('POST', '/login', { email, password })
  },
  async last_required_factor(server) {
    const { browser } = await signUpWithTotp(server)
    const strict = await server.sibling({}, 'second_factor: { mode: required }')
    const { totps } = (await browser.api('GET', '/account/second-factors')).json<{ totps: { id: string }[] }>()
    try {
      return await strict.browser().api('DELETE', `/account/totp/${totps[0]!.id}`, undefined, { authorization: `Bearer ${cookieOf(browser, 'access')}` })
    } finally {
      await strict.close()
    }
  },
  async too_many_authenticators(server) {
    const { browser } = await signUp(server)
    for (let count = 0; count < 5; count += 1) await setUpTotp(server, browser)
    return browser.api('POST', '/account/totp-set-up')
  },
  async last_active_admin(server) {
    const { browser, email } = await signUp(server)
    await server.app.admins.grant(email)
    return browser.api('DELETE', '/account')
  },
  payload_too_large: (server) => server.browser().api('POST', '/login', { identifier: 'x'.repeat(70_000), password: 'x' }),
  async recent_authentication_required(server) {
    const { browser } = await signUp(server)
    server.clock.advance(11 * 60_000)
    await browser.api('POST', '/sessions/refresh')
    return browser.api('POST', '/reauthenticate/check')
  },
  async rate_limited(server) {
    const limited = await server.sibling({ RATE_LIMITS: 'on' })
    try {
      const { email } = await signUp(server)
      const browser = limited.browser()
      for (let tries = 0; tries < 10; tries += 1) await browser.api('POST', '/login', { email, password: 'wrong password' })
      return await browser.api('POST', '/login', { email, password: 'wrong password' })
    } finally {
      await limited.close()
    }
  },
  async internal_error(server) {
    const { browser, id } = await signUp(server)
    // A row that no code of ours writes: an instant outside of what a date can be.
    await server.app.database.transaction((tx) => tx.updateTable('user_account').set({ created_at: 8_700_000_000_000_000 }).where('id', '=', id as never).execute())
    return browser.api('GET', '/user')
  },
  async service_unavailable(server) {
    const narrow = await server.sibling({ PASSWORD_HASH_LANES: '1', ARGON2_PASSES: '2', ARGON2_MEMORY_KIB: '19456' })
    try {
      const person = await signUp(server)
      const browser = await signIn(narrow, person)
      const flood = Array.from({ length: 60 }, () => browser.api('POST', '/login', { email: person.email, password: 'wrong password' }))
      // Refused before anything is looked at: nobody can be called this, which is otherwise answered 401 without a hash.
      const nobody = () => browser.api('POST', '/login', { identifier: '!', password: 'wrong password' })
      let isOver = false
      const over = Promise.all(flood).then(() => (isOver = true))
      let answer = await nobody()
      while (answer.statusCode !== 503 && !isOver) answer = await nobody()
      await over
      return answer
    } finally {
      await narrow.close()
    }
  },
}

for (const engine of testEngines) {
  describe(`the error codes on ${engine}`, () => {
    let server: TestServer
    let watch: Watch
    beforeAll(async () => {
      server = await startTestServer(engine, { ...QUICK, LOG_LEVEL: 'silent' })
      watch = watchAnswers(server)
    })
    afterAll(() => server.close())

    for (const [code, produce] of Object.entries(PRODUCERS) as [ErrorCode, (typeof PRODUCERS)[ErrorCode]][]) {
      test(`${code} comes about through HTTP, with its status and its headers`, async () => {
        const answer = await produce(server)
        const { status, message } = ERROR_CODES[code]
        expect(answer.statusCode).toBe(status)
        expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
        expect(answer.headers['cache-control']).toBe('no-store')
        expect(answer.json()).toMatchObject({ error: { code, message, request_id: expect.stringMatching(/^[\w-]{16}$/) as string } })
        expect(answer.headers['retry-after'] !== undefined).toBe(status === 429 || status === 503)
        if (status === 429 || status === 503) expect(String(answer.headers['retry-after'])).toMatch(/^[1-9]\d*$/)
        expect(answer.headers['www-authenticate']).toBe(status === 401 ? 'Bearer' : undefined)
        expect(answer.headers['allow'] !== undefined).toBe(status === 405)
        expect(watch.problems).toEqual([])
      })
    }

    test('the id of a request is made by the server, differs each time and takes nothing from the client', async () => {
      const given = { 'x-request-id': 'chosen-by-me-1234', 'request-id': 'chosen-by-me-1234', traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' }
      const ids = new Set<string>()
      for (let calls = 0; calls < 5; calls += 1) {
        const answer = await server.browser().api('GET', '/user', undefined, given)
        const { request_id: id } = answer.json<{ error: { request_id: string } }>().error
        for (const value of Object.values(given)) expect(value).not.toContain(id)
        ids.add(id)
      }
      expect(ids.size).toBe(5)
    })

    test('a fault tells the client nothing but the id under which the log has it', async () => {
      const answer = await PRODUCERS.internal_error(server)
      expect(Object.keys(answer.json<{ error: object }>().error).sort()).toEqual(['code', 'message', 'request_id'])
      expect(answer.body).not.toMatch(/RangeError|Invalid time|node_modules|\.ts/)
    })
  })
}
