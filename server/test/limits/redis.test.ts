import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LIMIT_RULES } from '../../src/services/limits/rules.ts'
import { startRedis } from '../../../scripts/test-services/start-redis.ts'
import type { TestService } from '../../../scripts/test-services/service.ts'
import { testEngines, testsRedis } from '../harness/engines.ts'
import { GOOD_PASSWORD, newAddress, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

const SETTLE_TIMEOUT_MS = 15_000
const { tries } = LIMIT_RULES.sign_in_failures_per_account

// One engine: what is shared here is Redis. One of its own, because it is killed.
describe.runIf(testsRedis)('limits in Redis', () => {
  let redis: TestService
  let first: TestServer
  let second: TestServer
  beforeAll(async () => {
    redis = await startRedis()
    first = await startTestServer(testEngines[0]!, { REDIS_URL: redis.url, ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' })
    second = await first.sibling()
    await settle()
  })
  afterAll(async () => {
    await second.close()
    await first.close()
    await redis.stop()
  })

  const login = (server: TestServer, identifier: string, password = 'a wrong horse battery') => server.browser().api('POST', '/login', { identifier, password })

  /** Until both instances reach Redis: only then does a try at one count at the other. */
  async function settle(): Promise<void> {
    const deadline = performance.now() + SETTLE_TIMEOUT_MS
    for (;;) {
      const email = newAddress('probe')
      let last = 0
      for (let index = 0; index <= tries; index += 1) last = (await login(index % 2 === 0 ? first : second, email)).statusCode
      if (last === 429) return
      if (performance.now() > deadline) throw new Error('the instances do not share their counters')
      await wait(200)
    }
  }

  test('two instances share their counters', async () => {
    const owner = await signUp(first)
    for (let index = 0; index < tries; index += 1) expect((await login(index % 2 === 0 ? first : second, owner.email)).statusCode).toBe(401)
    for (const server of [first, second]) {
      const answer = await login(server, owner.email, GOOD_PASSWORD)
      expect([answer.statusCode, Number(answer.headers['retry-after']) > 0]).toEqual([429, true])
    }
  })

  test('parallel guesses at both do not slip past', async () => {
    const email = newAddress()
    const answers = await Promise.all(Array.from({ length: 24 }, (_, index) => login(index % 2 === 0 ? first : second, email)))
    expect(answers.filter((answer) => answer.statusCode === 401).length).toBeLessThanOrEqual(tries)
  })

  test('when Redis dies each instance goes on counting for itself, and shares again once it is back', async () => {
    const owner = await signUp(first)
    await redis.kill('SIGKILL')
    expect((await login(first, owner.email, GOOD_PASSWORD)).statusCode).toBe(200)
    const email = newAddress()
    const statuses = []
    for (let index = 0; index <= tries; index += 1) statuses.push((await login(first, email)).statusCode)
    expect(statuses.slice(0, -1).every((status) => status === 401)).toBe(true)
    expect(statuses.at(-1)).toBe(429)
    expect((await login(second, email)).statusCode).toBe(401)
    await redis.start()
    await settle()
    expect((await login(first, owner.email, GOOD_PASSWORD)).statusCode).toBe(200)
  })

  test('a Redis that hangs delays nobody for long', async () => {
    const owner = await signUp(first)
    process.kill(redis.pid, 'SIGSTOP')
    try {
      const startedAt = performance.now()
      expect((await login(first, owner.email, GOOD_PASSWORD)).statusCode).toBe(200)
      expect(performance.now() - startedAt).toBeLessThan(3_000)
    } finally {
      process.kill(redis.pid, 'SIGCONT')
    }
    await settle()
  })
})
