import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { GOOD_PASSWORD, newAddress, signUp } from '../harness/people.ts'
import { newPhone, PHONE_SIGNUP, signUpByPhone } from '../harness/phones.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

const PAIRS = 400
/** Of the area under the curve: by chance alone it strays from 0.5 by 0.02 (one deviation) with this many pairs. */
const MAX_AUC_DEVIATION = 0.05 + 2 * 0.02
const MAX_TRIES = 3
/** On a busy machine each pair may wait for others' work. */
const TIMEOUT_MS = 180_000

type Request = (identifier: string) => Promise<unknown>
/** What the two measurements of a pair are about. */
type PairOf = (index: number) => readonly [string, string]

interface Comparison {
  readonly gapMs: number
  readonly allowedGapMs: number
  readonly auc: number
}

// security case I2. One engine: the work that differs is hashing and the number of statements, which no engine changes.
describe('the time an answer takes', { timeout: TIMEOUT_MS }, () => {
  let server: TestServer
  let browser: Browser
  const known: string[] = []
  beforeAll(async () => {
    server = await startTestServer(testEngines[0]!, { RATE_LIMITS: 'off', ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' })
    browser = server.browser()
    for (let count = 0; count < 4; count += 1) known.push((await signUp(server)).email)
  })
  afterAll(() => server.close())

  const unknownAddress = (index: number) => `eve.${index}@example.com`

  /** Interleaved pairs in alternating order, so that a machine that gets slower slows both alike. */
  async function measure(request: Request, pairOf: PairOf): Promise<Comparison> {
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
    const time = async (kind: 'known' | 'unknown', identifier: string) => {
      const startedAt = performance.now()
      await request(identifier)
      times[kind].push(performance.now() - startedAt)
    }
    for (let index = 0; index < PAIRS; index += 1) {
      const identifiers = pairOf(index)
      const pair = [['known', identifiers[0]], ['unknown', identifiers[1]]] as const
      for (const [kind, identifier] of index % 2 === 0 ? pair : pair.toReversed()) await time(kind, identifier)
    }
    const medians = [medianOf(times.known), medianOf(times.unknown)] as const
    return {
      gapMs: Math.abs(medians[0] - medians[1]),
      allowedGapMs: Math.max(2, 0.05 * Math.max(...medians)),
      auc: areaUnderCurve(times.known, times.unknown),
    }
  }

  /** A difference is there every time it is measured; noise is not. */
  async function expectSameTime(request: Request, pairOf: PairOf = (index) => [known[index % known.length]!, unknownAddress(index % known.length)]): Promise<void> {
    const seen: Comparison[] = []
    for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
      const comparison = await measure(request, pairOf)
      seen.push(comparison)
      if (comparison.gapMs < comparison.allowedGapMs && Math.abs(comparison.auc - 0.5) <= MAX_AUC_DEVIATION) return
    }
    expect.fail(`known and unknown take different times: ${JSON.stringify(seen)}`)
  }

  test('does not tell at a wrong password whether there is an account', () =>
    expectSameTime((identifier) => browser.api('POST', '/login', { identifier, password: 'a wrong horse battery' })))

  test('does not tell at a wrong password whether there is a username', async () => {
    const names: string[] = []
    for (let count = 0; count < 4; count += 1) names.push((await (await signUp(server)).browser.api('GET', '/user')).json<{ username: string }>().username)
    const pairOf: PairOf = (index) => [names[index % names.length]!, `nobody${index % names.length}`]
    await expectSameTime((identifier) => browser.api('POST', '/login', { identifier, password: 'a wrong horse battery' }), pairOf)
  })

  // The right password of a locked account against a wrong one of an open one: neither the lock nor the guess is told.
  test('does not tell whether an account is locked, not even to who has its password', async () => {
    const strict = await server.sibling({}, 'lockout: { attempts: 1, minimum_minutes: 1440 }')
    const lax = await server.sibling({}, 'lockout: { attempts: 100 }')
    const people = await Promise.all(Array.from({ length: 8 }, () => signUp(server)))
    const [locked, open] = [people.slice(0, 4), people.slice(4)]
    for (const { email } of locked) await strict.browser().api('POST', '/login', { identifier: email, password: 'a wrong horse battery' })
    const isLocked = new Set(locked.map(({ email }) => email))
    const visitor = lax.browser()
    const statuses = new Set<number>()
    await expectSameTime(
      async (identifier) => {
        const password = isLocked.has(identifier) ? GOOD_PASSWORD : 'a wrong horse battery'
        statuses.add((await visitor.api('POST', '/login', { identifier, password })).statusCode)
      },
      (index) => [locked[index % 4]!.email, open[index % 4]!.email],
    )
    expect([...statuses]).toEqual([401])
    await strict.close()
    await lax.close()
  })

  test('does not tell whether an account is disabled, has no password, or is there at all', async () => {
    const closed = (await Promise.all(Array.from({ length: 4 }, () => signUp(server)))).map(({ email }) => email)
    for (const email of closed) await server.app.admins.disable(email)
    const passwordless = Array.from({ length: 4 }, () => newAddress('passwordless'))
    const lines = passwordless.map((email) => JSON.stringify({ email, email_verified: true }))
    await server.app.imports.importUsers(() => linesOf(lines), { isDryRun: false })
    const statuses = new Set<string>()
    const wrong = async (identifier: string) => {
      const { statusCode, body } = await browser.api('POST', '/login', { identifier, password: 'a wrong horse battery' })
      statuses.add(`${statusCode} ${(JSON.parse(body) as { error: { code: string } }).error.code}`)
    }
    for (const special of [closed, passwordless]) await expectSameTime(wrong, (index) => [special[index % 4]!, known[index % 4]!])
    expect([...statuses]).toEqual(['401 unauthorized'])
  })

  test('does not tell at a request for a reset whether there is an account', () =>
    expectSameTime((email) => browser.api('POST', '/password-reset/challenges', { email, new_password: 'a quite different horse' })))

  test('does not tell at a sign-up whether there is an account', () =>
    expectSameTime((email) => browser.api('POST', '/signup/challenges', { email, password: 'a quite different horse' })))

  test('does not tell at a sign-up, a wrong password or a request for a code by telephone whether there is an account', async () => {
    const byPhone = await server.sibling({}, PHONE_SIGNUP)
    const numbers: string[] = []
    for (let count = 0; count < 4; count += 1) numbers.push((await signUpByPhone(byPhone)).phone)
    const strangers = Array.from({ length: 4 }, () => newPhone())
    const pairOf: PairOf = (index) => [numbers[index % 4]!, strangers[index % 4]!]
    const visitor = byPhone.browser()
    const statuses = new Set<string>()
    const measured = (request: (phone: string) => ReturnType<Browser['api']>) =>
      expectSameTime(async (phone) => {
        const { statusCode, headers } = await request(phone)
        statuses.add(`${statusCode} ${String(headers['content-type'])}`)
      }, pairOf)
    await measured((phone) => visitor.api('POST', '/signup/challenges', { phone, password: 'a quite different horse' }))
    expect([...statuses]).toEqual(['202 application/json; charset=utf-8'])
    await measured((phone) => visitor.api('POST', '/login', { identifier: phone, password: 'a wrong horse battery' }))
    await measured((phone) => visitor.post('/auth/login', { intent: 'code_to_phone', identifier: phone }))
    await byPhone.close()
  })

  test('does not tell at a request for a sign-in code whether there is an account', () =>
    expectSameTime((identifier) => browser.post('/auth/login', { intent: 'code', identifier })))
})

async function* linesOf(texts: readonly string[]) {
  for (const [index, text] of texts.entries()) yield await Promise.resolve({ number: index + 1, content: { text } })
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

/** The chance that a known one takes longer than an unknown one; 0.5 tells nothing. */
function areaUnderCurve(known: readonly number[], unknown: readonly number[]): number {
  let wins = 0
  for (const one of known) for (const other of unknown) wins += one > other ? 1 : one === other ? 0.5 : 0
  return wins / (known.length * unknown.length)
}
