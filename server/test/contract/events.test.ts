import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EVENT_TYPES } from '../../src/domain/event-types.ts'
import { DEFAULT_TENANT_ID } from '../../src/domain/ids.ts'
import { allowThirdParty } from '../harness/consents.ts'
import { connectDevices } from '../harness/devices.ts'
import { addEmail, emailsOf } from '../harness/emails.ts'
import { ANONYMOUS, promote, signUpAnonymously } from '../harness/anonymous.ts'
import { testEngines } from '../harness/engines.ts'
import { challengeOf, signUpWithTotp } from '../harness/factors.ts'
import { actForPerson } from '../harness/on-behalf.ts'
import { addPasskey, loginWith, newAuthenticator } from '../harness/passkeys.ts'
import { totpCode } from '../../../scripts/test-services/authenticator-app.ts'
import { PNG, putPicture } from '../harness/pictures.ts'
import { GOOD_PASSWORD, newAddress, signIn, signUp } from '../harness/people.ts'
import { locationOf, stateIn } from '../harness/pages.ts'
import { addPhone, MESSAGING, phonesOf } from '../harness/phones.ts'
import type { TestServer } from '../harness/server.ts'
import { findFreePort, startTestServer } from '../harness/server.ts'
import { cookieOf, QUICK, refreshWith } from '../harness/tokens.ts'
import { enqueue, newNumber } from '../messaging/messaging.ts'
import { signInByCode, signUpUnproven } from './unproven-person.ts'
import { followEvents } from './follow-events.ts'
import { registerClients } from './register-clients.ts'
import { revokeTokens } from './revoke-tokens.ts'

const SECOND = 1_000
const HOUR = 60 * 60 * SECOND

for (const engine of testEngines) {
  describe(`the event types on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
    })
    afterAll(() => server.close())

    test('are each recorded by a real operation, and nothing is recorded that is not on the list', async () => {
      const secret = await server.app.admins.createFirstAdminLink()
      const ada = await signUp(server)
      await ada.browser.post('/auth/first_admin', { secret: secret ?? '' })
      await ada.browser.api('PATCH', '/account/profile', { display_name: 'Ada' })
      await ada.browser.api('PATCH', '/account/username', { username: 'ada_lovelace' })
      await ada.browser.api('PUT', '/account/password', { current_password: GOOD_PASSWORD, new_password: `${GOOD_PASSWORD} two` })
      await ada.browser.api('GET', '/account/export')
      await putPicture(ada.browser, PNG)
      await ada.browser.api('DELETE', '/account/picture')
      await changeEmail(server, ada.browser)
      await haveTwoEmails(server, ada.browser)
      await reauthenticate(server, ada.browser)
      await livePasskey(server, ada.browser)
      await declinePasskey(server)
      await keepPhone(server)
      await server.browser().api('POST', '/login', { email: newAddress('nobody'), password: GOOD_PASSWORD })

      const eve = await signUp(server)
      await server.app.admins.grant(eve.email)
      await server.app.admins.revoke(eve.email)
      await server.app.admins.disable(eve.email)
      await server.app.admins.enable(eve.email)
      await resetPassword(server, eve.email)
      const again = await signIn(server, eve)
      const spent = cookieOf(again, 'refresh')
      await again.api('POST', '/sessions/refresh')
      server.clock.advance(11 * SECOND)
      await refreshWith(server, spent)
      const last = await signIn(server, eve)
      await last.api('DELETE', '/account')

      const direct = await server.sibling({ ARGON2_PASSES: '2' }, 'signup: { verification: off }')
      const unproven = await signUpUnproven(direct)
      await signInByCode(direct, unproven.email)
      await signUp(server, { email: 'rehash@example.com' })
      await signIn(direct, { email: 'rehash@example.com', password: GOOD_PASSWORD })
      await direct.close()

      await server.app.passwordChanges.require((await signUp(server)).email)
      const unchecked = await server.sibling({}, 'password: { breached_check: file }')
      await signUp(unchecked)
      await unchecked.close()
      await changeMind(server)
      await useSecondFactor(server)
      await server.app.settings.apply('second_factor: { trusted_device_days: 7 }')
      await server.app.imports.importUsers(() => linesOf(JSON.stringify({ email: newAddress('imported'), email_verified: true })), { isDryRun: false })
      await exhaustCode(server)
      await approveLink(server)
      await invite(server)
      await lockOut(server)
      await server.app.keys.rotate()
      await giveUpAndRetry(server)
      await server.app.secrets.set('UNUSED', 'value')
      await server.app.secrets.remove('UNUSED')
      await sendMessages(server)
      await keepClient(server)
      await registerClients(server)
      const { browser } = await signUp(server)
      await connectDevices(server, browser)
      await actForPerson(server, browser)
      await revokeTokens(server, browser)
      await browser.api('DELETE', `/applications/${(await allowThirdParty(server, browser)).clientId}`)

      const open = await server.sibling({}, ANONYMOUS)
      await promote(open, await signUpAnonymously(open))
      await open.close()

      const rows = await server.app.database.read.selectFrom('event').select('type').distinct().execute()
      expect(rows.map((row) => row.type).sort()).toEqual(Object.keys(EVENT_TYPES).sort())
    })

    test('carry who, whose, from where and when, and no secret', async () => {
      const since = server.clock.now()
      const ada = await signUp(server)
      const rows = await server.app.database.read.selectFrom('event').selectAll().where('user_id', '=', ada.id as never).execute()
      expect(rows.length).toBeGreaterThan(2)
      for (const row of rows) {
        expect(row).toMatchObject({ tenant_id: DEFAULT_TENANT_ID, actor_user_id: ada.id, user_agent: expect.stringContaining('TestBrowser') as string })
        expect(row.ip).toMatch(/^198\.51\./)
        expect(Number(row.occurred_at)).toBeGreaterThanOrEqual(since)
        expect(row.data).not.toContain(GOOD_PASSWORD)
        for (const kind of ['access', 'refresh', 'csrf'] as const) expect(row.data).not.toContain(cookieOf(ada.browser, kind))
      }
    })
  })
}

async function keepClient({ app: { clients } }: TestServer): Promise<void> {
  await clients.create({ client_id: 'shop', name: 'Shop', type: 'web', redirect_uris: ['https://shop.example.com/callback'] })
  await clients.update('shop', { name: 'The shop' })
  await clients.rotateSecret('shop')
  await clients.delete('shop')
}

type Browser = ReturnType<TestServer['browser']>

async function useSecondFactor(server: TestServer): Promise<void> {
  const ada = await signUpWithTotp(server)
  const browser = server.browser()
  const challenge = await challengeOf(ada, browser)
  const proof = { authentication_challenge_id: challenge, totp_code: totpCode(ada.key, server.clock.now()), remember_device: true }
  await browser.api('POST', '/second-factor', proof)
  await browser.api('DELETE', '/account/trusted-devices')
  const again = server.browser()
  await again.api('POST', '/second-factor', { authentication_challenge_id: await challengeOf(ada, again), recovery_code: ada.recoveryCodes[0] })
  const { totps } = (await browser.api('GET', '/account/second-factors')).json<{ totps: { id: string }[] }>()
  await browser.api('DELETE', `/account/totp/${totps[0]!.id}`)
}

async function changeEmail(server: TestServer, browser: Browser): Promise<void> {
  const new_email = newAddress('moved')
  const asked = await browser.api('POST', '/account/email-change/challenges', { new_email })
  const { challenge_id } = asked.json<{ challenge_id: string }>()
  await browser.api('POST', '/account/email-change/challenges/verify', { challenge_id, code: await server.codeFor(new_email) })
}

async function haveTwoEmails(server: TestServer, browser: Browser): Promise<void> {
  await addEmail(server, browser)
  const [, further] = await emailsOf(browser)
  await browser.api('PUT', `/account/emails/${further!.id}/primary`)
  await browser.api('DELETE', `/account/emails/${further!.id}`)
}

async function changeMind(server: TestServer): Promise<void> {
  const patient = await server.sibling({}, 'account_deletion: { grace_days: 7 }')
  const ada = await signUp(patient)
  await ada.browser.api('DELETE', '/account')
  const browser = patient.browser()
  const asked = await browser.api('POST', '/login', { identifier: ada.email, password: ada.password })
  const { id } = asked.json<{ error: { details: { authentication_challenge: { id: string } } } }>().error.details.authentication_challenge
  await browser.api('POST', '/login/cancel-deletion', { authentication_challenge_id: id })
  await patient.close()
}

/** Adds a telephone number and removes it. */
async function keepPhone(server: TestServer): Promise<void> {
  const telephones = await server.sibling({}, MESSAGING)
  const { browser } = await signUp(telephones)
  await addPhone(telephones, browser)
  const [phone] = await phonesOf(browser)
  await browser.api('DELETE', `/account/phones/${phone!.id}`)
  await telephones.close()
}

/** Says "not now" to the offer of a passkey. */
async function declinePasskey(server: TestServer): Promise<void> {
  const person = await signUp(server)
  const browser = server.browser()
  const offered = await browser.post('/auth/login', { intent: 'password', identifier: person.email, password: person.password, passkey_support: 'yes' })
  await browser.post('/auth/verify', { intent: 'skip', state: stateIn(await browser.get(locationOf(offered))) })
}

async function livePasskey(server: TestServer, browser: Browser): Promise<void> {
  const authenticator = newAuthenticator({ isSynced: false, counts: true })
  const id = await addPasskey(browser, authenticator)
  await browser.api('PATCH', `/account/passkeys/${id}`, { name: 'Key' })
  for (const signCount of [5, 5]) await loginWith(server.browser(), authenticator, { signCount })
  await browser.api('DELETE', `/account/passkeys/${id}`)
}

async function reauthenticate(server: TestServer, browser: Browser): Promise<void> {
  server.clock.advance(HOUR)
  await browser.api('POST', '/sessions/refresh')
  const stale = (await browser.api('POST', '/reauthenticate/check')).json<{ error: { details: { authentication_challenge: { id: string } } } }>()
  const authentication_challenge_id = stale.error.details.authentication_challenge.id
  await browser.api('POST', '/reauthenticate/password', { authentication_challenge_id, password: `${GOOD_PASSWORD} two` })
}

async function resetPassword(server: TestServer, email: string): Promise<void> {
  const browser = server.browser()
  const asked = await browser.api('POST', '/password-reset/challenges', { email, new_password: GOOD_PASSWORD })
  const { challenge_id } = asked.json<{ challenge_id: string }>()
  await browser.api('POST', '/password-reset/challenges/verify', { challenge_id, code: await server.codeFor(email) })
}

async function invite(server: TestServer): Promise<void> {
  const email = newAddress('invited')
  // The second invitation takes the first one back.
  for (let count = 0; count < 2; count += 1) await server.app.invitations.invite({ email })
  const secret = /invitation=([\w-]+)/.exec((await server.mailTo(email))?.text ?? '')?.[1]
  await server.browser().api('POST', '/signup', { invitation: secret, password: GOOD_PASSWORD })
}

async function lockOut(server: TestServer): Promise<void> {
  const ada = await signUp(server)
  const strict = await server.sibling({}, 'lockout: { attempts: 1 }')
  await strict.browser().api('POST', '/login', { identifier: ada.email, password: 'a wrong horse battery' })
  await server.app.admins.unlock(ada.email)
  await strict.close()
}

async function* linesOf(text: string) {
  yield await Promise.resolve({ number: 1, content: { text } })
}

async function approveLink(server: TestServer): Promise<void> {
  const links = await server.sibling({}, 'login: { email_code_form: link }')
  await followEvents(links)
  await links.close()
}

async function exhaustCode(server: TestServer): Promise<void> {
  const browser = server.browser()
  const email = newAddress()
  const asked = await browser.api('POST', '/signup/challenges', { email, password: GOOD_PASSWORD })
  const { challenge_id } = asked.json<{ challenge_id: string }>()
  const code = (await server.codeFor(email)) === '000000' ? '111111' : '000000'
  for (let tries = 0; tries < 5; tries += 1) await browser.api('POST', '/signup/challenges/verify', { challenge_id, code })
}

/** A mail server that is gone: each try is refused until the mail is given up. */
async function giveUpAndRetry(server: TestServer): Promise<void> {
  while ((await server.app.outbox.deliverDue()) > 0);
  await server.browser().api('POST', '/signup/challenges', { email: newAddress('unreachable'), password: GOOD_PASSWORD })
  const nobody = await findFreePort()
  const held = createServer((socket) => socket.destroy()).listen(nobody, '127.0.0.1')
  const cut = await server.sibling({ SMTP_URL: `smtp://127.0.0.1:${nobody}` })
  for (let tries = 0; tries < 15; tries += 1) {
    await cut.app.outbox.deliverDue()
    server.clock.advance(8 * HOUR)
  }
  const [dead] = await cut.app.outbox.list(DEFAULT_TENANT_ID, { state: 'dead', limit: 1 })
  expect(dead?.lastError).toBeTruthy()
  await cut.app.outbox.retry(DEFAULT_TENANT_ID, dead!.id)
  await cut.close()
  held.close()
}

/** One that is read in the mailbox, and one whose code runs out before anybody looks. */
async function sendMessages(server: TestServer): Promise<void> {
  await enqueue(server, { to: newNumber() })
  await server.app.outbox.deliverDue()
  await enqueue(server, { to: newNumber() })
  server.clock.advance(HOUR)
  await server.app.outbox.deliverDue()
}
