import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createSignIn } from '../../../sdk/node/src/sign-in/index.ts'
import { deliverLogouts } from '../harness/logouts.ts'
import { signIn, signUp } from '../harness/people.ts'
import { findFreePort } from '../harness/server.ts'
import type { ListeningGatepost } from './gatepost.ts'
import { startListeningGatepost } from './gatepost.ts'
import type { Listening } from './listen.ts'
import { APPLICATIONS } from './sdk-node-applications.ts'
import { createVisitor } from './visitor.ts'

describe('the back channel of the SDK', () => {
  const ports = new Map<string, number>()
  let gatepost: ListeningGatepost
  let running: Listening
  beforeAll(async () => {
    for (const name of Object.keys(APPLICATIONS)) ports.set(name, await findFreePort())
    gatepost = await startListeningGatepost({ OUTBOUND_INTERNAL_HOSTS: [...ports.values()].map((port) => `127.0.0.1:${port}`).join(',') })
  })
  afterEach(() => running?.stop())
  afterAll(() => gatepost?.stop())

  test.each(Object.keys(APPLICATIONS))('ends the sessions of an application with %s that end at Gatepost, and no other', async (name) => {
    const port = ports.get(name)!
    const url = `http://127.0.0.1:${port}`
    const { clientId, clientSecret } = await gatepost.register({ redirect_uris: [`${url}/sign-in/callback`], backchannel_logout_uri: `${url}/sign-out/back-channel` })
    running = await APPLICATIONS[name]!(createSignIn({ issuer: gatepost.issuer, clientId, clientSecret, origin: url, cookieSecret: 'only for this test, and long enough for it' }), port)
    const [person, other] = [await signUp(gatepost.server), await signUp(gatepost.server)]
    const [visitor, otherVisitor] = [createVisitor(), createVisitor()]
    const open = async (by = visitor) => (await by.open(`${url}/orders`)).url.pathname
    await visitor.signIn(await visitor.open(`${url}/orders`), person)
    await otherVisitor.signIn(await otherVisitor.open(`${url}/orders`), other)
    expect(await open()).toBe('/orders')
    // On another device.
    await (await signIn(gatepost.server, person)).api('DELETE', '/account/sessions/others')
    await deliverLogouts(gatepost.server)
    expect([await open(), await open(otherVisitor)]).toEqual(['/auth/login', '/orders'])
  })
})
