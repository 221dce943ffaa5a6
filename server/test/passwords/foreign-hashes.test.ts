import { createHash, pbkdf2Sync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import type { Person } from '../harness/people.ts'
import { GOOD_PASSWORD, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, countStatuses, eventsOf, QUICK } from '../harness/tokens.ts'

/** LDAP's {SSHA}: cheap, so that what is measured and raced is not the hash itself. */
function sshaOf(password: string): string {
  const salt = Buffer.from('saltsalt')
  return `{SSHA}${Buffer.concat([createHash('sha1').update(password).update(salt).digest(), salt]).toString('base64')}`
}

function pbkdf2Of(password: string): string {
  const hash = pbkdf2Sync(password, 'saltsalt', 10_000, 32, 'sha256')
  return `$pbkdf2-sha256$i=10000$${Buffer.from('saltsalt').toString('base64').replace(/=+$/, '')}$${hash.toString('base64').replace(/=+$/, '')}`
}

for (const engine of testEngines) {
  describe(`a stored hash of another system on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
    })
    afterAll(() => server.close())

    const storedFor = async ({ id }: Person) => {
      const row = await server.app.database.read.selectFrom('authenticator_password').select('hash').where('user_id', '=', id as never).executeTakeFirstOrThrow()
      return row.hash
    }
    async function personWith(hash: string, password = GOOD_PASSWORD): Promise<Person> {
      const person = await signUp(server)
      await server.app.database.transaction((tx) => tx.updateTable('authenticator_password').set({ hash }).where('user_id', '=', person.id as never).execute())
      return { ...person, password }
    }
    const login = async (person: Person, password: string) => (await server.browser().api('POST', '/login', { identifier: person.email, password })).statusCode

    test('is replaced by Argon2id at the first right sign-in, once, and an event tells', async () => {
      const person = await personWith(pbkdf2Of(GOOD_PASSWORD))
      expect(await login(person, 'not the password')).toBe(401)
      expect(await storedFor(person)).toMatch(/^\$pbkdf2-sha256\$/)
      await signIn(server, person)
      const after = await storedFor(person)
      expect(after).toMatch(/^\$argon2id\$v=19\$m=7168,t=1,p=1\$/)
      expect(await login(person, 'not the password')).toBe(401)
      await signIn(server, person)
      expect(await storedFor(person)).toBe(after)
      expect(await eventsOf(server, person.id, 'password.rehashed')).toHaveLength(1)
    })

    test('lets everybody in who signs in at once, and is replaced once', async () => {
      const person = await personWith(sshaOf(GOOD_PASSWORD))
      const answers = await atOnce([server], 8, (instance) => instance.browser().api('POST', '/login', { identifier: person.email, password: GOOD_PASSWORD }))
      expect(countStatuses(answers)).toEqual({ 200: 8 })
      expect(await storedFor(person)).toMatch(/^\$argon2id\$/)
      expect(await eventsOf(server, person.id, 'password.rehashed')).toHaveLength(1)
    })

    test('is enough to change the password, and then gone', async () => {
      const person = await personWith(sshaOf(GOOD_PASSWORD))
      const changed = await person.browser.api('PUT', '/account/password', { current_password: GOOD_PASSWORD, new_password: 'a quite different horse' })
      expect(changed.statusCode).toBe(204)
      expect([await login(person, GOOD_PASSWORD), await login(person, 'a quite different horse')]).toEqual([401, 200])
    })

    test('matches what was typed as the other system saw it, composed or not, and afterwards both', async () => {
      const [typed, composed] = ['cafe\u0301 \u00b2 horses', 'caf\u00e9 2 horses']
      for (const hashed of [typed, composed]) {
        const person = await personWith(sshaOf(hashed))
        expect(await login(person, typed)).toBe(200)
        expect([await login(person, typed), await login(person, composed)]).toEqual([200, 200])
      }
    })

    test('by bcrypt never lets a longer password in on the strength of its first 72 bytes', async () => {
      // Made by OpenBSD bcrypt of seventy-two times x.
      const person = await personWith('$2b$04$gO1jSqzBp.NZLfzzKA6fcuEbrOMDRM3RVYN4tXEmIfyzTNl7eF1v6', 'x'.repeat(72))
      for (const longer of ['x'.repeat(73), `${'x'.repeat(72)}y`, 'x'.repeat(128)]) expect(await login(person, longer)).toBe(401)
      expect(await storedFor(person)).toMatch(/^\$2b\$/)
      await signIn(server, person)
      expect(await storedFor(person)).toMatch(/^\$argon2id\$/)
    })

    // security case O12
    test.each([
      '$argon2id$v=19$m=4194304,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      '$argon2id$v=19$m=19456,t=4000000,p=1$MDEyMzQ1Njc4OWFiY2RlZg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      '$2b$31$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      `$6$rounds=999999999$salt$${'.'.repeat(86)}`,
      'what no system wrote',
    ])('that was planted past the import is not computed but merely wrong: %s', async (planted) => {
      const person = await personWith(planted)
      const startedAt = performance.now()
      expect(await login(person, GOOD_PASSWORD)).toBe(401)
      expect(performance.now() - startedAt).toBeLessThan(3_000)
      expect(await storedFor(person)).toBe(planted)
    })
  })
}

// One engine: what is measured is hashing.
test('a cheap hash of another system does not answer a wrong password sooner than no account does', async () => {
  const server = await startTestServer(testEngines[0]!, { RATE_LIMITS: 'off', PASSWORD_HASH_LANES: '1' })
  const person = await signUp(server)
  await server.app.database.transaction((tx) => tx.updateTable('authenticator_password').set({ hash: sshaOf(GOOD_PASSWORD) }).where('user_id', '=', person.id as never).execute())
  const browser = server.browser()
  // In turns, so that a machine that is busy now and then is busy for both; the fastest of each had it to itself.
  const measure = async () => {
    const fastest = { account: Infinity, nobody: Infinity }
    for (let turn = 0; turn < 15; turn += 1) {
      for (const [who, identifier] of [['account', person.email], ['nobody', 'nobody@example.com']] as const) {
        const startedAt = performance.now()
        expect((await browser.api('POST', '/login', { identifier, password: 'not the password' })).statusCode).toBe(401)
        fastest[who] = Math.min(fastest[who], performance.now() - startedAt)
      }
    }
    return fastest.account / fastest.nobody
  }
  // An answer that comes sooner does so every time it is measured; noise does not.
  const ratios: number[] = []
  for (let attempt = 0; attempt < 3 && !ratios.some((ratio) => ratio > 0.8); attempt += 1) ratios.push(await measure())
  await server.close()
  expect(Math.max(...ratios)).toBeGreaterThan(0.8)
})
