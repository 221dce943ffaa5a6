import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AnonymousPerson } from '../harness/anonymous.ts'
import { ANONYMOUS, signUpAnonymously } from '../harness/anonymous.ts'
import type { Browser } from '../harness/browser.ts'
import { createBrowser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { GOOD_PASSWORD, newAddress } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, countStatuses, eventsOf, QUICK } from '../harness/tokens.ts'

const FIFTY = 50

for (const engine of testEngines) {
  describe(`promotions of one anonymous user by many at once, over two instances on ${engine}`, () => {
    let server: TestServer
    let sibling: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, { ...QUICK, PASSWORD_HASH_LANES: '32' }, ANONYMOUS)
      sibling = await server.sibling()
    })
    afterAll(async () => {
      await sibling.close()
      await server.close()
    })

    const rows = () => server.app.database.read
    const both = (browser: Browser) => {
      const cookies = new Map(browser.cookies)
      return (instance: TestServer) => createBrowser(instance.app, {}, cookies)
    }
    async function untilCode(browser: Browser, email: string): Promise<{ state: string; code: string }> {
      const inputs = [{ identification: 'email', login_id: email }, { authentication: 'primary_password', new_password: GOOD_PASSWORD }]
      const asked = await browser.api('POST', '/authentication_flows', { type: 'promote', name: 'default', batch_input: inputs })
      return { state: asked.json<{ state_token: string }>().state_token, code: await server.codeFor(email) }
    }
    const identitiesOf = (id: string) => rows().selectFrom('identity').select(['kind', 'key_normalised']).where('user_id', '=', id as never).orderBy('kind').execute()
    const liveSessionsOf = (id: string) => rows().selectFrom('session').select('id').where('user_id', '=', id as never).where('ended_at', 'is', null).execute()

    test('one code promotes once', async () => {
      const { browser, id } = await signUpAnonymously(server)
      const email = newAddress('raced')
      const { state, code } = await untilCode(browser, email)
      const at = both(browser)
      const answers = await atOnce([server, sibling], FIFTY, (instance) => at(instance).api('POST', '/authentication_flows/states/input', { state_token: state, input: { code } }))
      expect(countStatuses(answers)).toEqual({ 200: 1, 400: FIFTY - 1 })
      expect(await identitiesOf(id)).toMatchObject([{ kind: 'email', key_normalised: email }, { kind: 'username' }])
      expect(await liveSessionsOf(id)).toHaveLength(1)
      expect(await eventsOf(server, id, 'user.promoted', 'user.created', 'password.created')).toHaveLength(2)
    })

    // Security case R4.
    test('of fifty promotions to fifty addresses one wins, and the id is kept', async () => {
      const { browser, id } = await signUpAnonymously(server)
      const at = both(browser)
      const asked: { email: string; state: string; code: string }[] = []
      for (let count = 0; count < FIFTY; count += 1) {
        const email = newAddress('many')
        asked.push({ email, ...(await untilCode(browser, email)) })
      }
      const answers = await atOnce([server, sibling], FIFTY, (instance, index) =>
        at(instance).api('POST', '/authentication_flows/states/input', { state_token: asked[index]!.state, input: { code: asked[index]!.code } }),
      )
      expect(countStatuses(answers)).toEqual({ 200: 1, 400: FIFTY - 1 })
      const winner = asked[answers.findIndex(({ statusCode }) => statusCode === 200)]!
      expect(await identitiesOf(id)).toMatchObject([{ kind: 'email', key_normalised: winner.email }, { kind: 'username' }])
      expect(await liveSessionsOf(id)).toHaveLength(1)
      expect(await eventsOf(server, id, 'user.promoted', 'password.created')).toHaveLength(2)
      const login = await server.browser().api('POST', '/login', { identifier: winner.email, password: GOOD_PASSWORD })
      expect(login.json()).toMatchObject({ user: { id } })
    })

    test('one address is had by one of twenty anonymous users who prove it together', async () => {
      const email = newAddress('shared')
      const people: (AnonymousPerson & { state: string; code: string })[] = []
      for (let count = 0; count < 20; count += 1) {
        const person = await signUpAnonymously(server)
        people.push({ ...person, ...(await untilCode(person.browser, email)) })
      }
      const answers = await atOnce([server, sibling], people.length, (instance, index) =>
        both(people[index]!.browser)(instance).api('POST', '/authentication_flows/states/input', { state_token: people[index]!.state, input: { code: people[index]!.code } }),
      )
      expect(countStatuses(answers)).toEqual({ 200: 1, 400: people.length - 1 })
      const holders = await rows().selectFrom('identity').select('user_id').where('key_normalised', '=', email).execute()
      expect(holders).toEqual([{ user_id: people[answers.findIndex(({ statusCode }) => statusCode === 200)]!.id }])
      const anonymous = await rows().selectFrom('user_account').select('id').where('id', 'in', people.map(({ id }) => id as never)).where('anonymous_at', 'is not', null).execute()
      expect(anonymous).toHaveLength(people.length - 1)
    })

    test('an account that is deleted and promoted at once is one of the two', async () => {
      for (let count = 0; count < 20; count += 1) {
        const { browser, id } = await signUpAnonymously(server)
        const { state, code } = await untilCode(browser, newAddress('torn'))
        const at = both(browser)
        const [promoted, deleted] = await atOnce([server, sibling], 2, (instance, index) =>
          index === 0 ? at(instance).api('POST', '/authentication_flows/states/input', { state_token: state, input: { code } }) : at(instance).api('DELETE', '/account'),
        )
        const kept = await rows().selectFrom('user_account').select('anonymous_at').where('id', '=', id as never).execute()
        expect([promoted!.statusCode === 200, deleted!.statusCode === 204]).toEqual(kept.length === 1 ? [true, false] : [false, true])
      }
    })
  })
}
