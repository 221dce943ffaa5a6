import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { newAddress, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, QUICK, refreshWith, statusWith } from '../harness/tokens.ts'
import type { Step } from './session-reference.ts'
import { createReference, STEPS } from './session-reference.ts'

const STEPS_A_RUN = 50
/** A thousand steps on SQLite; the rules are the same elsewhere, where each step costs more. */
const RUNS = { sqlite: 20, postgres: 5, mariadb: 5 }
const SEED = 20_260_727

for (const engine of testEngines) {
  describe(`the life of accounts, sessions and tokens on ${engine}`, () => {
    let server: TestServer
    let sibling: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, { ...QUICK, API_TOKENS_IN_BODY: 'on' })
      sibling = await server.sibling()
    })
    afterAll(async () => {
      await sibling.close()
      await server.close()
    })

    async function play(steps: readonly Step[]): Promise<void> {
      const person = await signUp(server, { email: newAddress('model') })
      const model = createReference({ password: person.password, now: () => server.clock.now() })
      model.signedIn({ access: cookieOf(person.browser, 'access'), refresh: cookieOf(person.browser, 'refresh') })
      for (const [index, step] of steps.entries()) {
        const at = index % 2 ? sibling : server
        const api = (method: 'POST' | 'PUT' | 'DELETE', path: string, body: unknown, access: string) =>
          at.browser().api(method, path, body, { authorization: `Bearer ${access}` })
        switch (step.step) {
          case 'wait':
            server.clock.advance(step.ms)
            break
          case 'sign_in': {
            const password = step.isRight ? model.password : `${model.password}?`
            const answer = await at.browser().api('POST', '/login', { identifier: person.email, password })
            expect(answer.statusCode === 200).toBe(model.mayEnter(step.isRight))
            if (answer.statusCode !== 200) break
            const { access_token: access, refresh_token: refresh } = answer.json<{ access_token: string; refresh_token: string }>()
            model.signedIn({ access, refresh })
            break
          }
          case 'refresh': {
            const presented = model.present(step.pick, step.generationsBack)
            if (!presented) break
            const answer = await refreshWith(at, presented.token)
            expect([index, step, answer.statusCode]).toEqual([index, step, presented.expected.isGood ? 200 : 401])
            if (answer.statusCode !== 200) break
            const { access_token: access, refresh_token: refresh } = answer.json<{ access_token: string; refresh_token: string }>()
            if (presented.expected.isGood && presented.expected.successor) expect(refresh).toBe(presented.expected.successor)
            presented.renewed({ access, refresh })
            break
          }
          case 'use_access': {
            const held = model.pickAccess(step.pick)
            if (held) expect([index, await statusWith(at, held.token)]).toEqual([index, held.isGood ? 200 : 401])
            break
          }
          case 'sign_out': {
            const live = model.pickLive(step.pick)
            if (!live) break
            expect((await api('POST', '/sessions/logout', undefined, live.access)).statusCode).toBe(204)
            live.end()
            break
          }
          case 'change_password': {
            const live = model.pickLive(step.pick)
            if (!live) break
            const body = { current_password: model.password, new_password: `a wholly different sentence ${index}` }
            expect((await api('PUT', '/account/password', body, live.access)).statusCode).toBe(204)
            model.password = body.new_password
            live.endOthers()
            break
          }
          case 'end_others': {
            const live = model.pickLive(step.pick)
            if (!live) break
            expect((await api('DELETE', '/account/sessions/others', undefined, live.access)).statusCode).toBe(204)
            live.endOthers()
            break
          }
          case 'disable':
            await at.app.admins.disable(person.email)
            model.disabled()
            break
          case 'enable':
            await at.app.admins.enable(person.email)
            model.enabled()
            break
        }
      }
      for (const held of model.allAccess()) for (const at of [server, sibling]) expect(await statusWith(at, held.token)).toBe(held.isGood ? 200 : 401)
    }

    test('goes as the reference says, whatever people do in whatever order at two instances', async () => {
      const runs = fc.asyncProperty(fc.array(STEPS, { minLength: STEPS_A_RUN, maxLength: STEPS_A_RUN }), play)
      await fc.assert(runs, { seed: SEED, numRuns: RUNS[engine], endOnFailure: true })
    }, 120_000)
  })
}
