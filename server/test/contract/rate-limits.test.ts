import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { LIMIT_RULES } from '../../src/services/limits/rules.ts'
import { ANONYMOUS } from '../harness/anonymous.ts'
import { testEngines } from '../harness/engines.ts'
import { challengeOf as secondChallengeOf, signUpWithTotp } from '../harness/factors.ts'
import { totpCode } from '../../../scripts/test-services/authenticator-app.ts'
import { invite } from '../harness/invitations.ts'
import { GOOD_PASSWORD, newAddress, signUp } from '../harness/people.ts'
import { MESSAGING } from '../harness/phones.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK, refreshWith } from '../harness/tokens.ts'
import { demandChange } from '../passwords/ways-to-set.ts'
import { beginSecondFactorPasskey, FURTHER_FACTORS, halfProvenAgain, halfSignedIn, offeredPasskey, sendReauthenticationCode, sendSecondFactorCode } from './further-factors.ts'
import { crowdEvents } from './follow-events.ts'
import { OPERATIONS } from './document.ts'
import type { Watch } from './watch-answers.ts'
import { watchAnswers } from './watch-answers.ts'

const UNKNOWN_ID = '00000000-0000-7000-8000-00000000abcd'
const MAX_CALLS = 70
const STAFF_NUMBER = { attributes: [{ name: 'staff_number', value: '150' }] }

// Counters live in the process, whatever the database: one engine.
describe('the limits of the API', () => {
  let server: TestServer
  let direct: TestServer
  let factors: TestServer
  let telephones: TestServer
  let links: TestServer
  let open: TestServer
  let unique: TestServer
  let watch: Watch
  beforeAll(async () => {
    server = await startTestServer(testEngines[0]!, { ...QUICK, RATE_LIMITS: 'on' })
    direct = await server.sibling({}, 'signup: { verification: off }')
    factors = await server.sibling({}, FURTHER_FACTORS)
    telephones = await server.sibling({}, MESSAGING)
    links = await server.sibling({}, 'login: { email_code_form: link }')
    open = await server.sibling({}, ANONYMOUS)
    unique = await server.sibling({}, 'profile: { attributes: [{ name: staff_number, type: string, is_unique: true }] }')
    watch = watchAnswers(server, direct, factors, links, telephones, open, unique)
  })
  afterAll(async () => {
    await unique.close()
    await direct.close()
    await links.close()
    await open.close()
    await factors.close()
    await telephones.close()
    await server.close()
  })

  /** Calls until one is refused for its number. */
  async function exhaust(name: string, call: (round: number) => Promise<LightMyRequestResponse>): Promise<void> {
    for (let round = 0; round < MAX_CALLS; round += 1) {
      const answer = await call(round)
      if (answer.statusCode !== 429) continue
      const seconds = Number(answer.headers['retry-after'])
      expect([name, Number.isInteger(seconds), seconds >= 1, seconds <= 3_600]).toEqual([name, true, true, true])
      return
    }
    throw new Error(`${name} was never refused in ${MAX_CALLS} calls`)
  }

  test('hold wherever the document says 429, and nowhere else', async () => {
    const code = { challenge_id: UNKNOWN_ID, code: '123456' }
    const fresh = () => ({ email: newAddress('flood'), password: GOOD_PASSWORD })
    const strangers: [string, (browser: Browser) => Promise<LightMyRequestResponse>, TestServer?][] = [
      ['login', (browser) => browser.api('POST', '/login', { email: 'nobody@example.com', password: 'x' })],
      // security case L9
      ['passkey options', (browser) => browser.api('POST', '/login/passkey/options')],
      ['passkey login', (browser) => browser.api('POST', '/login/passkey', { ceremony: 'x', credential: {} })],
      ['signup/direct', (browser) => browser.api('POST', '/signup/direct', fresh()), direct],
      ['signup', (browser) => browser.api('POST', '/signup/challenges', fresh())],
      ['reset', (browser) => browser.api('POST', '/password-reset/challenges', { email: 'nobody@example.com', new_password: GOOD_PASSWORD })],
      ['resend', (browser) => browser.api('POST', '/challenges/resend', { challenge_id: UNKNOWN_ID })],
      [
        'refresh',
        (browser) => {
          browser.cookies.set('gatepost_refresh', 'worthless')
          return browser.api('POST', '/sessions/refresh')
        },
      ],
    ]
    for (const [name, call, on] of strangers) {
      const browser = (on ?? server).browser()
      await exhaust(name, () => call(browser))
    }
    await exhaust('anonymous sign-up', () => open.browser({ ip: '203.0.113.12' }).api('POST', '/anonymous/signup'))
    const invited = await invite(server)
    const guest = server.browser()
    await exhaust('sign-up by invitation', (round) =>
      round < LIMIT_RULES.sign_ups_per_address.tries
        ? guest.api('POST', '/signup/challenges', fresh())
        : guest.api('POST', '/signup', { invitation: invited.secret, password: GOOD_PASSWORD }),
    )
    const caller = server.browser({ ip: '203.0.113.9' })
    await caller.api('GET', '/csrf')
    await exhaust('refresh by body', () => caller.api('POST', '/tokens/refresh', { refresh_token: 'x' }))
    expect((await refreshWith(server, 'x')).statusCode).toBe(401)

    expect(await crowdEvents(links)).toBe(429)
    const guesser = server.browser()
    await exhaust('codes of sign-up', async (round) => {
      const challenge_id = round % 6 === 0 ? await challengeOf(guesser, '/signup/challenges', fresh()) : lastChallenge
      return guesser.api('POST', '/signup/challenges/verify', { challenge_id, code: '123456' })
    })
    const resetter = server.browser()
    await exhaust('codes of recovery', async (round) => {
      const body = { email: newAddress('lost'), new_password: GOOD_PASSWORD }
      const challenge_id = round % 6 === 0 ? await challengeOf(resetter, '/password-reset/challenges', body) : lastChallenge
      return resetter.api('POST', '/password-reset/challenges/verify', { challenge_id, code: '123456' })
    })

    const { browser } = await signUp(server)
    await exhaust('email change', () => browser.api('POST', '/account/email-change/challenges', { new_email: newAddress() }))
    await exhaust('email change codes', () => browser.api('POST', '/account/email-change/challenges/verify', code))
    await exhaust('further address', () => browser.api('POST', '/account/email-challenges', { email: newAddress() }))
    await exhaust('further address codes', () => browser.api('POST', '/account/email-challenges/verify', code))
    await exhaust('password change', () => browser.api('PUT', '/account/password', { current_password: 'wrong', new_password: GOOD_PASSWORD }))
    const other = (await signUp(server)).browser
    server.clock.advance(11 * 60_000)
    await other.api('POST', '/sessions/refresh')
    const stale = await other.api('POST', '/reauthenticate/check')
    const { id } = stale.json<{ error: { details: { authentication_challenge: { id: string } } } }>().error.details.authentication_challenge
    await exhaust('proving again', () => other.api('POST', '/reauthenticate/password', { authentication_challenge_id: id, password: 'wrong' }))

    const custom = server.browser()
    const guesses = [{ identification: 'email', login_id: newAddress() }, { authentication: 'primary_password', password: 'wrong password' }]
    await exhaust('flows in one call', () => custom.api('POST', '/authentication_flows', { type: 'login', name: 'default', batch_input: guesses }))
    const stepper = server.browser()
    const first = { type: 'login', name: 'default', batch_input: [{ identification: 'email', login_id: newAddress() }] }
    const { state_token } = (await stepper.api('POST', '/authentication_flows', first)).json<{ state_token: string }>()
    await exhaust('flows step by step', () => stepper.api('POST', '/authentication_flows/states/input', { state_token, input: guesses[1] }))
    const careful = await signUpWithTotp(server)
    const half = server.browser()
    const second = await secondChallengeOf(careful, half)
    await exhaust('second factors', () => half.api('POST', '/second-factor', { authentication_challenge_id: second, totp_code: totpCode(careful.key, server.clock.now(), 9) }))
    const begun = (await careful.browser.api('POST', '/account/totp-set-up')).json<{ set_up: string }>()
    await exhaust('first codes', () => careful.browser.api('POST', '/account/totp', { set_up: begun.set_up, code: '000000' }))
    const twice = await signUpWithTotp(server)
    server.clock.advance(11 * 60_000)
    await twice.browser.api('POST', '/sessions/refresh')
    type Challenged = { error: { details: { authentication_challenge: { id: string } } } }
    const askedTwice = (await twice.browser.api('POST', '/reauthenticate/check')).json<Challenged>().error.details.authentication_challenge.id
    const further = (await twice.browser.api('POST', '/reauthenticate/password', { authentication_challenge_id: askedTwice, password: twice.password })).json<Challenged>()
    const third = further.error.details.authentication_challenge.id
    await exhaust('proving again a second time', () => twice.browser.api('POST', '/reauthenticate/second-factor', { authentication_challenge_id: third, recovery_code: '00000-00000' }))

    const offered = await offeredPasskey(server)
    await exhaust('options of an offered passkey', offered)
    const twofold = await halfSignedIn(factors)
    await exhaust('options of a second factor', () => beginSecondFactorPasskey(twofold.browser, twofold.id))
    await exhaust('codes as second factor', () => sendSecondFactorCode(twofold.browser, twofold.id))
    const again2 = await signUpWithTotp(factors)
    const half2 = await halfProvenAgain(factors, again2)
    await exhaust('codes to prove again', () => sendReauthenticationCode(again2.browser, half2))

    const [owner, curious] = [(await signUp(server)).browser, (await signUp(server)).browser]
    await owner.api('PATCH', '/account/username', { username: 'wanted_by_all' })
    await exhaust('usernames that are taken', () => curious.api('PATCH', '/account/username', { username: 'wanted_by_all' }))
    await signUp(unique).then(({ browser: first }) => first.api('PATCH', '/account/profile', STAFF_NUMBER))
    const nosy = (await signUp(unique)).browser
    await exhaust('values that are taken', () => nosy.api('PATCH', '/account/profile', STAFF_NUMBER))

    const reachable = (await signUp(telephones)).browser
    await exhaust('codes to a telephone', () => reachable.api('POST', '/account/phone-challenges', { phone: '+41784000001' }))
    await exhaust('codes to a telephone again', () => reachable.api('POST', '/account/phone-challenges/resend', { challenge_id: UNKNOWN_ID }))
    await exhaust('codes of a telephone', () => reachable.api('POST', '/account/phone-challenges/verify', code))

    const player = (await signUp(server)).browser
    await exhaust('codes of devices', () => player.api('POST', '/device-authorizations', { user_code: 'BBBB-BBBB' }))
    await exhaust('answers to devices', () => player.api('POST', '/device-authorizations/answer', { user_code: 'BBBB-BBBB', answer: 'allow' }))

    const stubborn = await signUp(server)
    const held = server.browser()
    const demanded = await demandChange(server, stubborn, held)
    await exhaust('the same password again', () => held.api('POST', '/login/new-password', { authentication_challenge_id: demanded, new_password: stubborn.password }))

    const again = (await signUp(server)).browser
    server.clock.advance(11 * 60_000)
    await again.api('POST', '/sessions/refresh')
    const asked = await again.api('POST', '/reauthenticate/check')
    const challenge = asked.json<{ error: { details: { authentication_challenge: { id: string } } } }>().error.details.authentication_challenge.id
    await exhaust('proving again by passkey', () =>
      again.api('POST', '/reauthenticate/passkey', { authentication_challenge_id: challenge, ceremony: 'x', credential: {} }),
    )
    await exhaust('passkey options of who is signed in', () => again.api('POST', '/reauthenticate/passkey/options'))

    expect(watch.problems).toEqual([])
    const documented = OPERATIONS.filter(({ operation }) => '429' in operation.responses).map(({ operation }) => operation.operationId)
    const refused = [...watch.answers].filter((answer) => answer.endsWith(' 429')).map((answer) => answer.split(' ')[0])
    expect(refused.sort()).toEqual(documented.sort())
  })

  let lastChallenge = ''
  async function challengeOf(browser: Browser, path: string, body: object): Promise<string> {
    const asked = await browser.api('POST', path, body)
    lastChallenge = asked.json<{ challenge_id: string }>().challenge_id
    return lastChallenge
  }
})
