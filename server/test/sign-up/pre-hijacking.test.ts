import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { setUpTotp } from '../harness/factors.ts'
import { followToForm } from '../harness/pages.ts'
import { newAddress } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

const ATTACKERS = 'the attacker knows this'
const OWNERS = 'only the owner knows this'

// Somebody registers an address that is not theirs and waits for its owner. Only possible without verification.
for (const engine of testEngines) {
  describe(`an account that was made with somebody else's address on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, { RATE_LIMITS: 'off', ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' }, 'signup: { verification: off }')
    })
    afterAll(() => server.close())

    async function squat() {
      const email = newAddress('victim')
      const attacker = server.browser()
      const made = await attacker.api('POST', '/signup/direct', { email, password: ATTACKERS })
      expect(made.statusCode).toBe(201)
      return { email, attacker }
    }
    const login = async (identifier: string, password: string) => (await server.browser().api('POST', '/login', { identifier, password })).statusCode

    // security case H1
    test('loses the squatter’s password and sessions when the owner signs in by emailed code', async () => {
      const { email, attacker } = await squat()
      const owner = server.browser()
      const state = await followToForm(owner, await owner.post('/auth/login', { intent: 'code', identifier: email }))
      const done = await owner.post('/auth/verify', { intent: 'submit_code', state, code: await server.codeFor(email) })
      expect(done.statusCode).toBe(303)
      expect((await owner.api('GET', '/user')).json()).toMatchObject({ email, email_verified: true })
      expect(await login(email, ATTACKERS)).toBe(401)
      expect((await attacker.api('GET', '/user')).statusCode).toBe(401)
      expect((await attacker.api('POST', '/sessions/refresh')).statusCode).toBe(401)
      expect((await owner.api('GET', '/account')).json()).toMatchObject({ auth_methods: [], sessions: [{ current: true }] })
      const first = await owner.api('POST', '/account/password', { password: OWNERS })
      expect([first.statusCode, await login(email, OWNERS)]).toEqual([204, 200])
      const second = await owner.api('POST', '/account/password', { password: OWNERS })
      expect([second.statusCode, second.json<{ error: { code: string } }>().error.code]).toEqual([409, 'password_already_exists'])
    })

    // security case H1, by a factor instead of a password
    test('loses the squatter’s second factor, which is not asked of the owner', async () => {
      const { email, attacker } = await squat()
      await setUpTotp(server, attacker)
      const owner = server.browser()
      const state = await followToForm(owner, await owner.post('/auth/login', { intent: 'code', identifier: email }))
      const done = await owner.post('/auth/verify', { intent: 'submit_code', state, code: await server.codeFor(email) })
      expect(done.statusCode).toBe(303)
      expect((await owner.api('GET', '/user')).json()).toMatchObject({ email, email_verified: true })
      expect((await owner.api('GET', '/account/second-factors')).json()).toEqual({ totps: [], recovery_codes_left: 0, trusted_devices: [] })
    })

    // security case H2
    test('loses the squatter’s sessions when the owner resets the password', async () => {
      const { email, attacker } = await squat()
      const owner = server.browser()
      const asked = await owner.api('POST', '/password-reset/challenges', { email, new_password: OWNERS })
      const done = await owner.api('POST', '/password-reset/challenges/verify', { ...asked.json<object>(), code: await server.codeFor(email) })
      expect(done.statusCode).toBe(204)
      expect((await attacker.api('GET', '/user')).statusCode).toBe(401)
      expect((await attacker.api('POST', '/sessions/refresh')).statusCode).toBe(401)
      expect([await login(email, ATTACKERS), await login(email, OWNERS)]).toEqual([401, 200])
    })

    // security case H3
    test('keeps no second way in: a username the squatter chose opens nothing, nor does a change of address under way', async () => {
      const { email, attacker } = await squat()
      const trojan = newAddress('trojan')
      expect((await attacker.api('PATCH', '/account/username', { username: 'trojan-name' })).statusCode).toBe(204)
      const change = await attacker.api('POST', '/account/email-change/challenges', { new_email: trojan })
      expect(change.statusCode).toBe(202)
      const trojanCode = await server.codeFor(trojan)
      const owner = server.browser()
      const asked = await owner.api('POST', '/password-reset/challenges', { email, new_password: OWNERS })
      await owner.api('POST', '/password-reset/challenges/verify', { ...asked.json<object>(), code: await server.codeFor(email) })
      expect(await login('trojan-name', ATTACKERS)).toBe(401)
      const verify = { ...change.json<object>(), code: trojanCode }
      expect((await attacker.api('POST', '/account/email-change/challenges/verify', verify)).statusCode).toBe(401)
      const back = server.browser()
      await back.api('POST', '/login', { identifier: email, password: OWNERS })
      expect((await back.api('POST', '/account/email-change/challenges/verify', verify)).statusCode).toBe(400)
      expect((await back.api('GET', '/user')).json()).toMatchObject({ email })
      const before = (await server.mailsTo(trojan)).length
      await server.browser().post('/auth/login', { intent: 'code', identifier: 'trojan-name' })
      expect((await server.mailsTo(trojan)).length).toBe(before)
    })

    test('a code the squatter asked for before the owner came is void afterwards', async () => {
      const { email } = await squat()
      const attacker = server.browser()
      const state = await followToForm(attacker, await attacker.post('/auth/login', { intent: 'code', identifier: email }))
      const early = await server.codeFor(email)
      const owner = server.browser()
      const asked = await owner.api('POST', '/password-reset/challenges', { email, new_password: OWNERS })
      await owner.api('POST', '/password-reset/challenges/verify', { ...asked.json<object>(), code: await server.codeFor(email) })
      expect((await attacker.post('/auth/verify', { intent: 'submit_code', state, code: early })).statusCode).toBe(422)
    })
  })
}
