import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LIMIT_RULES } from '../../src/services/limits/rules.ts'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { followToForm } from '../harness/pages.ts'
import { GOOD_PASSWORD, newAddress, signUp } from '../harness/people.ts'
import { registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

const WRONG = 'a wrong horse battery'
const FAST = { ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' }

function expectLimited(answer: LightMyRequestResponse, rule: keyof typeof LIMIT_RULES): void {
  expect(answer.statusCode).toBe(429)
  const seconds = Number(answer.headers['retry-after'])
  expect(seconds).toBeGreaterThan(0)
  expect(seconds).toBeLessThanOrEqual(LIMIT_RULES[rule].windowSeconds)
  if (String(answer.headers['content-type']).includes('json')) {
    expect(answer.json<{ error: { code: string } }>().error.code).toBe('rate_limited')
  } else {
    expect(answer.headers['content-type']).toContain('text/html')
    expect(answer.body).toContain('Too many tries')
  }
}

/** As often as the rule allows, and none of them limited; then once more. */
async function exhaust(rule: keyof typeof LIMIT_RULES, request: (index: number) => Promise<LightMyRequestResponse>): Promise<LightMyRequestResponse> {
  for (let index = 0; index < LIMIT_RULES[rule].tries; index += 1) {
    const answer = await request(index)
    if (answer.statusCode === 429) throw new Error(`try ${index + 1} of ${LIMIT_RULES[rule].tries} was limited already`)
  }
  return request(LIMIT_RULES[rule].tries)
}

// One engine: counters live in this process, or in Redis (redis.test.ts), and never in the database.
describe('limits', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer(testEngines[0]!, FAST)
  })
  afterAll(() => server.close())

  const login = (browser: Browser, identifier: string, password = WRONG) => browser.api('POST', '/login', { identifier, password })

  test('wrong passwords for one account are counted, whoever tries from wherever', async () => {
    const owner = await signUp(server)
    expectLimited(await exhaust('sign_in_failures_per_account', () => login(server.browser(), owner.email)), 'sign_in_failures_per_account')
    const right = await login(server.browser(), owner.email, GOOD_PASSWORD)
    expectLimited(right, 'sign_in_failures_per_account')
    const page = await server.browser().post('/auth/login', { intent: 'password', identifier: owner.email, password: WRONG })
    expectLimited(page, 'sign_in_failures_per_account')
  })

  // security case K1 (CVE-2025-24806)
  test('a username, another spelling and the pages share the counter of the account', async () => {
    const owner = await signUp(server)
    const { username } = (await owner.browser.api('GET', '/user')).json<{ username: string }>()
    const names = [owner.email, username, owner.email.toUpperCase(), ` ${owner.email} `, username.toUpperCase()]
    const answer = await exhaust('sign_in_failures_per_account', (index) => {
      const identifier = names[index % names.length]!
      const browser = server.browser()
      return index % 2 === 0 ? login(browser, identifier) : browser.post('/auth/login', { intent: 'password', identifier, password: WRONG })
    })
    expectLimited(answer, 'sign_in_failures_per_account')
    for (const identifier of names) expectLimited(await login(server.browser(), identifier), 'sign_in_failures_per_account')
  })

  test('wrong current passwords in the settings and at re-authentication count for the account too', async () => {
    const owner = await signUp(server)
    const { browser } = owner
    const change = () => browser.api('PUT', '/account/password', { current_password: WRONG, new_password: 'another good horse' })
    expectLimited(await exhaust('sign_in_failures_per_account', change), 'sign_in_failures_per_account')
    expectLimited(await login(server.browser(), owner.email, GOOD_PASSWORD), 'sign_in_failures_per_account')
    expectLimited(await browser.post('/auth/settings/password', { current_password: WRONG, new_password: 'another good horse' }), 'sign_in_failures_per_account')
    expectLimited(await browser.post('/auth/reauthenticate', { intent: 'password', password: GOOD_PASSWORD }), 'sign_in_failures_per_account')
  })

  test('right passwords are not counted', async () => {
    const owner = await signUp(server)
    const browser = server.browser()
    for (let count = 0; count < LIMIT_RULES.sign_in_failures_per_account.tries + 2; count += 1) {
      expect((await login(browser, owner.email, GOOD_PASSWORD)).statusCode).toBe(200)
    }
  })

  test('parallel guesses do not slip past the counter', async () => {
    const owner = await signUp(server)
    const answers = await Promise.all(Array.from({ length: 25 }, () => login(server.browser(), owner.email)))
    const guessed = answers.filter((answer) => answer.statusCode === 401)
    expect(guessed.length).toBeLessThanOrEqual(LIMIT_RULES.sign_in_failures_per_account.tries)
    expect(answers.filter((answer) => answer.statusCode === 429).length).toBeGreaterThan(0)
  })

  test('wrong passwords from one address are counted across accounts', async () => {
    const browser = server.browser()
    expectLimited(await exhaust('sign_in_failures_per_address', () => login(browser, newAddress())), 'sign_in_failures_per_address')
    const owner = await signUp(server)
    expectLimited(await login(browser, owner.email, GOOD_PASSWORD), 'sign_in_failures_per_address')
    expect((await login(server.browser(), owner.email, GOOD_PASSWORD)).statusCode).toBe(200)
  })

  test('authorization requests that wait for somebody to sign in are counted by address, those that are answered at once are not', async () => {
    const shop = await registerRelyingParty(server)
    const owner = await signUp(server)
    const { path } = await shop.begin()
    const silent = await shop.begin({ prompt: 'none' })
    const ask = (browser: Browser, address: string) => browser.get(address, { accept: 'text/html' })
    const stranger = server.browser()
    expectLimited(await exhaust('parked_requests_per_address', () => ask(stranger, path)), 'parked_requests_per_address')
    expect((await ask(stranger, silent.path)).headers['location']).toContain('error=login_required')
    const signedIn = await ask(owner.browser, path)
    expect(signedIn.headers['location']).toContain('code=')
  })

  test('sign-ups from one address are counted, by the API and by the page', async () => {
    const browser = server.browser()
    const signup = (index: number) => {
      const [email, password] = [newAddress(), GOOD_PASSWORD]
      return index % 2 === 0 ? browser.api('POST', '/signup/challenges', { email, password }) : browser.post('/auth/signup', { intent: 'signup', email, new_password: password })
    }
    expectLimited(await exhaust('sign_ups_per_address', signup), 'sign_ups_per_address')
    expectLimited(await signup(1), 'sign_ups_per_address')
  })

  test('a used-up address is refused before its password is even looked at: hashing is what a flood is after', async () => {
    const browser = server.browser()
    const signup = (password: string) => browser.api('POST', '/signup/challenges', { email: newAddress(), password })
    for (let count = 0; count < 3; count += 1) expect((await signup('short')).statusCode, 'a password that was not hashed is not counted').toBe(400)
    expectLimited(await exhaust('sign_ups_per_address', () => signup(GOOD_PASSWORD)), 'sign_ups_per_address')
    expectLimited(await signup('short'), 'sign_ups_per_address')
  })

  test('resets and sign-in codes from one address are counted together', async () => {
    const browser = server.browser()
    const ask = (index: number) => {
      const email = newAddress()
      if (index % 3 === 0) return browser.api('POST', '/password-reset/challenges', { email, new_password: GOOD_PASSWORD })
      return index % 3 === 1 ? browser.post('/auth/reset_password', { intent: 'identify', email }) : browser.post('/auth/login', { intent: 'code', identifier: email })
    }
    expectLimited(await exhaust('recoveries_per_address', ask), 'recoveries_per_address')
    expectLimited(await ask(1), 'recoveries_per_address')
  })

  // security case J8
  test('mails to one recipient are capped, whoever asks for whatever, known or not', async () => {
    const owner = await signUp(server)
    for (const email of [owner.email, newAddress()]) {
      const before = (await server.mailsTo(email)).length
      const ask = (index: number) => {
        const browser = server.browser()
        if (index % 3 === 0) return browser.api('POST', '/password-reset/challenges', { email, new_password: GOOD_PASSWORD })
        if (index % 3 === 1) return browser.post('/auth/login', { intent: 'code', identifier: email.toUpperCase() })
        return browser.post('/auth/signup', { intent: 'signup', email, new_password: 'another good horse' })
      }
      let asked = 0
      let answer = await ask(asked)
      while (answer.statusCode !== 429 && asked < 20) answer = await ask((asked += 1))
      expectLimited(answer, 'codes_per_recipient')
      expect((await server.mailsTo(email)).length - before).toBeLessThanOrEqual(LIMIT_RULES.codes_per_recipient.tries)
    }
  })

  // security case J8
  test('asking for the code again counts towards the same cap, on pages and in the API', async () => {
    const owner = await signUp(server)
    const before = (await server.mailsTo(owner.email)).length
    let limited: LightMyRequestResponse | undefined
    for (let round = 0; round < 4 && !limited; round += 1) {
      const browser = server.browser()
      const isPage = round % 2 === 0
      const asked = isPage
        ? await browser.post('/auth/reset_password', { intent: 'identify', email: owner.email })
        : await browser.api('POST', '/password-reset/challenges', { email: owner.email, new_password: 'another good horse' })
      if (asked.statusCode === 429) limited = asked
      const again = async (state: string) => (isPage ? browser.post('/auth/reset_password', { intent: 'resend', state }) : browser.api('POST', '/challenges/resend', { challenge_id: state }))
      const handle = limited ? '' : isPage ? await followToForm(browser, asked) : asked.json<{ challenge_id: string }>().challenge_id
      for (let count = 0; count < 3 && !limited; count += 1) {
        server.clock.advance(31_000)
        const answer = await again(handle)
        if (answer.statusCode === 429) limited = answer
      }
    }
    expectLimited(limited!, 'codes_per_recipient')
    expect((await server.mailsTo(owner.email)).length - before).toBeLessThanOrEqual(LIMIT_RULES.codes_per_recipient.tries)
  })

  test('requests to send a code again are counted per address, whether or not there is one', async () => {
    const browser = server.browser()
    const challenge = '01900000-0000-7000-8000-000000000000'
    expectLimited(await exhaust('resends_per_address', () => browser.api('POST', '/challenges/resend', { challenge_id: challenge })), 'resends_per_address')
  })

  test('wrong codes from one address are counted across challenges', async () => {
    const browser = server.browser()
    const handles: string[] = []
    for (let count = 0; count < 7; count += 1) {
      const asked = await browser.api('POST', '/signup/challenges', { email: newAddress(), password: GOOD_PASSWORD })
      handles.push(asked.json<{ challenge_id: string }>().challenge_id)
    }
    const guess = (index: number) => browser.api('POST', '/signup/challenges/verify', { challenge_id: handles[Math.floor(index / 5)]!, code: '000000' })
    expectLimited(await exhaust('code_failures_per_address', guess), 'code_failures_per_address')
    const other = server.browser()
    const state = await followToForm(other, await other.post('/auth/signup', { intent: 'signup', email: newAddress(), new_password: GOOD_PASSWORD }))
    expect((await other.post('/auth/verify', { intent: 'submit_code', state, code: '000000' })).statusCode).toBe(422)
  })

  // security case I1
  test('values that somebody has are counted per account and address, by page and API; free ones and the rest of a profile are not', async () => {
    const unique = await server.sibling({}, 'profile: { attributes: [{ name: staff_number, type: string, is_unique: true }, { name: note, type: string }] }')
    const [owner, curious] = [await signUp(unique), await signUp(unique)]
    const patch = (browser: Browser, name: string, value: string) => browser.api('PATCH', '/account/profile', { attributes: [{ name, value }] })
    const rename = (browser: Browser, username: string) => browser.api('PATCH', '/account/username', { username })
    expect([(await patch(owner.browser, 'staff_number', '150')).statusCode, (await rename(owner.browser, 'the_owner')).statusCode]).toEqual([204, 204])
    const { tries } = LIMIT_RULES.taken_values_per_account
    for (let count = 0; count <= tries; count += 1) {
      expect((await patch(curious.browser, 'staff_number', `free-${count}`)).statusCode).toBe(204)
      expect((await rename(curious.browser, `free-${count}`)).statusCode).toBe(204)
    }
    const limited = await exhaust('taken_values_per_account', (index) => {
      if (index % 4 === 0) return curious.browser.post('/auth/settings/details', { staff_number: '150' })
      if (index % 4 === 1) return curious.browser.post('/auth/settings/username', { username: 'the_owner' })
      return index % 4 === 2 ? rename(curious.browser, 'the_owner') : patch(curious.browser, 'staff_number', '150')
    })
    expectLimited(limited, 'taken_values_per_account')
    expectLimited(await patch(curious.browser, 'staff_number', 'free-too'), 'taken_values_per_account')
    expectLimited(await curious.browser.post('/auth/settings/details', { staff_number: '150' }), 'taken_values_per_account')
    expectLimited(await curious.browser.post('/auth/settings/username', { username: 'the_owner' }), 'taken_values_per_account')
    expect((await patch(curious.browser, 'note', 'hello')).statusCode).toBe(204)

    // A second account on the same line brings its own tries, until the line has none.
    const ip = '203.0.113.44'
    let answer: LightMyRequestResponse | undefined
    let found = 0
    for (let person = 0; person < 6 && answer?.statusCode !== 429; person += 1) {
      const { browser } = await signUp(unique, { browser: unique.browser({ ip }) })
      for (let count = 0; count < tries && answer?.statusCode !== 429; count += 1) {
        answer = await rename(browser, 'the_owner')
        found += answer.statusCode === 409 ? 1 : 0
      }
    }
    expectLimited(answer!, 'taken_values_per_address')
    expect(found).toBe(LIMIT_RULES.taken_values_per_address.tries)
    await unique.close()
  })

  // security case I1
  test('values tried at once do not slip past the counter', async () => {
    const [owner, curious] = [await signUp(server), await signUp(server)]
    await owner.browser.api('PATCH', '/account/username', { username: 'one_and_only' })
    const answers = await Promise.all(Array.from({ length: 40 }, () => curious.browser.api('PATCH', '/account/username', { username: 'one_and_only' })))
    expect(answers.filter(({ statusCode }) => statusCode === 409).length).toBeLessThanOrEqual(LIMIT_RULES.taken_values_per_account.tries)
  })

  test('right codes are not counted', async () => {
    const browser = server.browser()
    for (let count = 0; count < 3; count += 1) {
      const owner = await signUp(server, { browser: server.browser() })
      const state = await followToForm(browser, await browser.post('/auth/login', { intent: 'code', identifier: owner.email }))
      expect((await browser.post('/auth/verify', { intent: 'submit_code', state, code: await server.codeFor(owner.email) })).statusCode).toBe(303)
      await browser.post('/auth/logout', {})
    }
  })

  test('refreshes that fail are counted, those that succeed are not', async () => {
    const owner = await signUp(server)
    for (let count = 0; count < 10; count += 1) expect((await owner.browser.api('POST', '/sessions/refresh')).statusCode).toBe(200)
    const guess = (index: number) =>
      index % 2 === 0
        ? owner.browser.api('POST', '/tokens/refresh', { refresh_token: `guess-${index}` })
        : server.browser({ ip: '203.0.113.77' }).api('POST', '/tokens/refresh', { refresh_token: `guess-${index}` })
    const browser = server.browser()
    const fail = () => browser.api('POST', '/tokens/refresh', { refresh_token: 'guess' })
    expect((await guess(0)).statusCode).toBe(401)
    expectLimited(await exhaust('refresh_failures_per_address', fail), 'refresh_failures_per_address')
    expect((await browser.api('POST', '/sessions/refresh')).statusCode, 'who brings no token guesses nothing').toBe(401)
    browser.cookies.set('gatepost_refresh', 'guess')
    expectLimited(await browser.api('POST', '/sessions/refresh'), 'refresh_failures_per_address')
  })

  test('wrong links for the first admin are counted', async () => {
    const owner = await signUp(server)
    const answer = await exhaust('admin_link_failures_per_address', () => owner.browser.post('/auth/first_admin', { secret: 'guess' }))
    expectLimited(answer, 'admin_link_failures_per_address')
  })

  // security case I5
  test('the answer does not tell whether there is an account', async () => {
    const owner = await signUp(server)
    const answers = []
    for (const identifier of [owner.email, newAddress()]) {
      const answer = await exhaust('sign_in_failures_per_account', () => login(server.browser(), identifier))
      const { code, message } = answer.json<{ error: { code: string; message: string } }>().error
      answers.push({ status: answer.statusCode, code, message, names: Object.keys(answer.headers).toSorted() })
    }
    expect(answers[0]).toEqual(answers[1])
  })

  test('every rule has a reason, tries and a window', () => {
    for (const [name, rule] of Object.entries(LIMIT_RULES)) {
      expect([name, rule.tries > 0, rule.windowSeconds > 0, rule.reason.length > 10]).toEqual([name, true, true, true])
    }
  })
})
