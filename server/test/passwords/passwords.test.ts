import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { newAddress, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { PATHS } from './ways-to-set.ts'

const WORDS = 'horse-battery.staple+'.repeat(10)

// One engine: what is acceptable is decided before the database is asked; hashes are kept alike by all (conformance suite).
describe('a new password', () => {
  let server: TestServer
  let direct: TestServer
  beforeAll(async () => {
    server = await startTestServer(testEngines[0]!, { RATE_LIMITS: 'off', ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' })
    direct = await server.sibling({}, 'signup: { verification: off }')
  })
  afterAll(async () => {
    await direct.close()
    await server.close()
  })

  const login = async (identifier: string, password: string) => (await server.browser().api('POST', '/login', { identifier, password })).statusCode
  const make = async (password: string) => {
    const email = newAddress()
    const answer = await direct.browser().api('POST', '/signup/direct', { email, password })
    return { email, statusCode: answer.statusCode }
  }

  // security cases J1 and J2
  test.each(PATHS)('is judged by the same rules at $name', async ({ set, refusedWith }) => {
    const person = await signUp(server)
    const refused = [
      'seven77', WORDS.slice(0, 7), WORDS.slice(0, 129), WORDS.slice(0, 200), 'password', 'Password1', 'sunshine1', 'qwertyuiop', '12345678', 'zzzzzzzzzz', 'nul\u0000byte-horse', 'Gatepost1',
    ]
    for (const password of refused) {
      const answer = await set(server, person, password)
      expect([password, answer.statusCode]).toEqual([password, refusedWith])
      expect(answer.body).not.toContain(`value="${password}"`)
    }
    expect(await login(person.email, person.password)).toBe(200)
    const accepted = await set(server, person, WORDS.slice(0, 64))
    expect([200, 202, 204, 303]).toContain(accepted.statusCode)
  })

  test.each([8, 64, 128])('of %i characters is accepted and checked whole', async (length) => {
    const password = WORDS.slice(0, length)
    const { email, statusCode } = await make(password)
    expect(statusCode).toBe(201)
    expect(await login(email, password)).toBe(200)
    for (const wrong of [password.slice(0, -1), `${password}x`, `${password.slice(0, -1)}#`, password.toUpperCase()]) expect(await login(email, wrong)).toBe(401)
  })

  test('may not be the address of its owner', async () => {
    const email = newAddress('lovelace')
    const answer = await direct.browser().api('POST', '/signup/direct', { email, password: email })
    expect(answer.json()).toMatchObject({ error: { details: { fields: [{ field: 'password', code: 'contains_identifier' }] } } })
  })

  test('is the same however its letters were composed', async () => {
    const { email } = await make('caf\u00e9 au lait \u212b')
    for (const same of ['cafe\u0301 au lait \u00c5', 'cafe\u0301 au lait A\u030a']) expect(await login(email, same)).toBe(200)
    expect(await login(email, 'cafe au lait A')).toBe(401)
  })

  test('keeps its blanks, in front, behind and between', async () => {
    const password = '  two  blanks around  '
    const { email } = await make(password)
    expect(await login(email, password)).toBe(200)
    for (const wrong of [password.trim(), password.trimStart(), password.replaceAll('  ', ' ')]) expect(await login(email, wrong)).toBe(401)
    const page = await server.browser().post('/auth/login', { intent: 'password', identifier: email, password })
    expect(page.statusCode).toBe(303)
  })

  test('of letters of any script, in emoji and with signs of every kind works', async () => {
    for (const password of ['пароль-от-ворот', '正しい馬の電池のホチキス', '🐎🔋🧷📎🧵🧶🪡🪢', '"<script>&amp;\'%00\\x`$(id)']) {
      const { email, statusCode } = await make(password)
      expect([password, statusCode, await login(email, password)]).toEqual([password, 201, 200])
    }
  })

  test('of a megabyte is refused before anything is hashed', async () => {
    const huge = 'x'.repeat(1_024 * 1_024)
    const person = await signUp(server)
    const answers = [
      await server.browser().api('POST', '/login', { identifier: person.email, password: huge }),
      await server.browser().api('POST', '/signup/challenges', { email: newAddress(), password: huge }),
      await server.browser().api('POST', '/password-reset/challenges', { email: person.email, new_password: huge }),
      await person.browser.api('PUT', '/account/password', { current_password: huge, new_password: huge }),
      await server.browser().post('/auth/login', { intent: 'password', identifier: person.email, password: huge }),
      await server.browser().post('/auth/signup', { intent: 'signup', email: newAddress(), new_password: huge }),
    ]
    expect(answers.map((answer) => answer.statusCode)).toEqual([413, 413, 413, 413, 413, 413])
  })

  test('that fits the body and not the rules is refused too, and at sign-in is merely wrong', async () => {
    const long = 'x'.repeat(40_000)
    const person = await signUp(server)
    expect((await server.browser().api('POST', '/login', { identifier: person.email, password: long })).statusCode).toBe(400)
    expect((await server.browser().post('/auth/login', { intent: 'password', identifier: person.email, password: long })).statusCode).toBe(422)
    expect((await server.browser().post('/auth/signup', { intent: 'signup', email: newAddress(), new_password: long })).statusCode).toBe(422)
    for (const password of ['nul\u0000byte-horse', '\ud800\ud800\ud800\ud800\ud800\ud800\ud800\ud800', 'x'.repeat(1_000)]) {
      expect(await login(person.email, password)).toBe(401)
    }
  })

  test('never comes back in a page or an answer', async () => {
    const secret = 'once typed never shown'
    const person = await signUp(server)
    const answers = [
      await server.browser().post('/auth/login', { intent: 'password', identifier: person.email, password: secret }),
      await server.browser().post('/auth/signup', { intent: 'signup', email: 'no address', new_password: secret }),
      await person.browser.post('/auth/settings/password', { current_password: secret, new_password: secret }),
      await server.browser().api('POST', '/login', { identifier: person.email, password: secret }),
      await server.browser().api('POST', '/login', { identifier: person.email, password: secret, [secret.replaceAll(' ', '_')]: 1 }),
    ]
    for (const answer of answers) expect(answer.body).not.toContain(secret)
  })

  test('is kept as Argon2id alone', async () => {
    const { email } = await make('correct horse battery staple')
    const rows = await server.app.database.read.selectFrom('authenticator_password').selectAll().execute()
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) expect(JSON.stringify(row)).toMatch(/\$argon2id\$v=19\$m=7168,t=1,p=1\$/)
    expect(email).toContain('@')
  })

  test('changing it needs the current one, ends the other sessions, keeps this one and tells the owner', async () => {
    const person = await signUp(server)
    const elsewhere = server.browser()
    await elsewhere.api('POST', '/login', { identifier: person.email, password: person.password })
    const wrong = await person.browser.api('PUT', '/account/password', { current_password: 'not the current', new_password: 'a quite different horse' })
    expect([wrong.statusCode, wrong.body.includes('current_password')]).toEqual([400, true])
    expect((await person.browser.api('PUT', '/account/password', { new_password: 'a quite different horse' })).statusCode).toBe(400)
    const changed = await person.browser.api('PUT', '/account/password', { current_password: person.password, new_password: 'a quite different horse' })
    expect(changed.statusCode).toBe(204)
    expect((await person.browser.api('GET', '/user')).statusCode).toBe(200)
    expect((await elsewhere.api('GET', '/user')).statusCode).toBe(401)
    expect([await login(person.email, person.password), await login(person.email, 'a quite different horse')]).toEqual([401, 200])
    expect((await server.mailsTo(person.email)).map((mail) => mail.subject)).toContainEqual(expect.stringContaining('password was changed'))
  })

  test('changing it voids a reset that is under way', async () => {
    const person = await signUp(server)
    const browser = server.browser()
    const asked = await browser.api('POST', '/password-reset/challenges', { email: person.email, new_password: 'a quite different horse' })
    const code = await server.codeFor(person.email)
    await person.browser.api('PUT', '/account/password', { current_password: person.password, new_password: 'yet another good horse' })
    expect((await browser.api('POST', '/password-reset/challenges/verify', { ...asked.json<object>(), code })).statusCode).toBe(400)
    expect(await login(person.email, 'yet another good horse')).toBe(200)
  })
})
