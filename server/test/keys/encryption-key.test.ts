import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { newAddress, signIn, signUp } from '../harness/people.ts'
import type { Person } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { makeWorkingFolder, runGatepost } from '../harness/spawned-server.ts'
import { cookieOf, QUICK, refreshWith, statusWith } from '../harness/tokens.ts'

/** A busy machine takes its time to start a process. */
const PROCESS_TIMEOUT_MS = 60_000
const newKey = () => randomBytes(32).toString('hex')
const OLD = newKey()
const NEW = newKey()
const STRANGE = newKey()

for (const engine of testEngines) {
  describe(`the ring of ENCRYPTION_KEY on ${engine}`, () => {
    let server: TestServer
    let person: Person
    beforeAll(async () => {
      server = await startTestServer(engine, { ...QUICK, ENCRYPTION_KEY: OLD })
      person = await signUp(server)
    })
    afterAll(() => server.close())

    /** A command as a process of its own on the same database. */
    async function run(args: readonly string[], encryptionKey: string) {
      const folder = await makeWorkingFolder()
      const env = { NODE_ENV: 'test', PORT: '0', MIGRATE_ON_START: 'off', DATABASE_URL: server.databaseUrl, ENCRYPTION_KEY: encryptionKey }
      const ended = await runGatepost(args, { cwd: folder.path, env })
      await folder.remove()
      return ended
    }
    const sealedKeys = async () => {
      const rows = await server.app.database.read.selectFrom('signing_key').select('private_jwk_sealed').execute()
      return rows.map((row) => row.private_jwk_sealed)
    }

    test('that does not hold the key in use refuses to start with one clear line', async () => {
      const before = await sealedKeys()
      const { code, stdout, stderr } = await run(['serve'], STRANGE)
      expect(code).toBe(1)
      expect(stdout).not.toContain('listening')
      expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/^gatepost: .*ENCRYPTION_KEY/)])
      for (const key of [STRANGE, OLD]) expect(stderr).not.toContain(key)
      expect(await sealedKeys()).toEqual(before)
    }, PROCESS_TIMEOUT_MS)

    test('is changed without signing anybody out: new in front, rewrap, old away', async () => {
      const held = person.browser
      const both = await server.sibling({ ENCRYPTION_KEY: `${NEW},${OLD}` })
      expect(await statusWith(both, cookieOf(held, 'access'))).toBe(200)
      expect((await held.api('POST', '/sessions/refresh')).statusCode).toBe(200)

      // What was begun under the old key goes on under the ring: a code sent before is right after.
      const email = newAddress()
      const browser = server.browser()
      const asked = await browser.api('POST', '/signup/challenges', { email, password: person.password })
      const code = await server.codeFor(email)
      const elsewhere = both.browser()
      const verified = await elsewhere.api('POST', '/signup/challenges/verify', { challenge_id: asked.json<{ challenge_id: string }>().challenge_id, code })
      expect(verified.statusCode).toBe(201)

      const before = await sealedKeys()
      const rewrapped = await run(['keys', 'rewrap'], `${NEW},${OLD}`)
      expect([rewrapped.code, rewrapped.stderr]).toEqual([0, ''])
      expect(rewrapped.stdout).toContain(`${before.length} `)
      const after = await sealedKeys()
      for (const sealed of after) expect(before).not.toContain(sealed)
      expect(await both.app.keys.rewrap(), 'nothing is left to do').toBe(0)

      const fresh = await server.sibling({ ENCRYPTION_KEY: NEW })
      expect(await statusWith(fresh, cookieOf(held, 'access'))).toBe(200)
      expect((await refreshWith(fresh, cookieOf(held, 'refresh'))).statusCode).toBe(200)
      await signIn(fresh, person)
      expect((await fresh.browser().get('/auth/.well-known/jwks.json')).body).toBe((await server.browser().get('/auth/.well-known/jwks.json')).body)
      await fresh.close()
      await both.close()
      await expect(server.sibling({ ENCRYPTION_KEY: OLD })).rejects.toThrow(/ENCRYPTION_KEY/)
    }, PROCESS_TIMEOUT_MS)
  })
}
