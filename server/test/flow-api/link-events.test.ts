// A custom screen waits for a mailed link: it learns of the approval by server-sent events, from whichever instance.
import type { IncomingMessage } from 'node:http'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { newAddress, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

interface Flow {
  state_token: string
  action: { type: string; authentication?: string; data: Record<string, unknown> & { type: string; options?: unknown[]; events_url?: string } }
}

/** A connection to the event stream over a real socket; `text` grows, `ended` is settled once the server hung up. */
interface Stream {
  readonly status: number
  readonly type: string | undefined
  text(): string
  readonly ended: Promise<string>
  hangUp(): void
}

const PATIENCE_MS = 10_000

function follow(port: number, path: string): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, agent: false, headers: { accept: 'text/event-stream' }, timeout: PATIENCE_MS }, (incoming: IncomingMessage) => {
      let text = ''
      const ended = new Promise<string>((done) => {
        incoming.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')))
        incoming.on('close', () => done(text))
        incoming.on('error', () => done(text))
      })
      resolve({ status: incoming.statusCode ?? 0, type: incoming.headers['content-type'], text: () => text, ended, hangUp: () => outgoing.destroy() })
    })
    outgoing.on('timeout', () => outgoing.destroy(new Error('the stream was silent')))
    outgoing.on('error', reject)
    outgoing.end()
  })
}

for (const engine of testEngines) {
  describe(`waiting for a mailed link on ${engine}`, () => {
    let server: TestServer
    let other: TestServer
    let port: number
    const portOf = ({ app }: TestServer) => (app.listener.server.address() as AddressInfo).port
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, 'login: { email_code_form: link }')
      other = await server.sibling()
      await server.app.listener.listen({ host: '127.0.0.1', port: 0 })
      port = portOf(server)
    })
    afterAll(async () => {
      await other.close()
      await server.close()
    })

    const send = async (browser: Browser, flow: Flow, input: object) => browser.api('POST', '/authentication_flows/states/input', { state_token: flow.state_token, input })
    async function waiting(browser: Browser, email: string): Promise<Flow> {
      const batch_input = [{ identification: 'email', login_id: email }, { authentication: 'primary_oob_otp_email' }]
      const answer = await browser.api('POST', '/authentication_flows', { type: 'login', name: 'default', return_to: '/orders', batch_input })
      expect(answer.statusCode, answer.body).toBe(200)
      return answer.json<Flow>()
    }
    async function approve(email: string, at = other): Promise<number> {
      const link = /login_link\?token=([\w-]+)/.exec((await server.mailTo(email))!.text)?.[1] ?? ''
      const phone = at.browser()
      await phone.get(`/auth/login_link?token=${link}`)
      return (await phone.post('/auth/login_link', { token: link })).statusCode
    }

    test('the options and the step say that a link is mailed, and until it is approved a check gives the same state', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      const begun = (await browser.api('POST', '/authentication_flows', { type: 'login', name: 'default', batch_input: [{ identification: 'email', login_id: ada.email }] })).json<Flow>()
      expect(begun.action.data.options).toContainEqual({ authentication: 'primary_oob_otp_email', otp_form: 'link', channels: ['email'] })
      const flow = await waiting(browser, ada.email)
      expect(flow.action).toMatchObject({ type: 'authenticate', authentication: 'primary_oob_otp_email', data: { type: 'verify_oob_otp_data', otp_form: 'link', can_check: true } })
      const same = await send(browser, flow, { check: true })
      expect([same.statusCode, same.json<Flow>().action.type]).toEqual([200, 'authenticate'])
      expect((await browser.api('GET', '/user')).statusCode).toBe(401)
      expect((await send(browser, flow, { code: '123456' })).statusCode).toBe(400)
      expect((await send(browser, begun, { check: true })).statusCode).toBe(400)
    })

    test('who waits at one server hears of an approval at the other, without a cookie, and goes on by a check', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      const flow = await waiting(browser, ada.email)
      const stream = await follow(port, flow.action.data.events_url!)
      expect([stream.status, stream.type]).toEqual([200, 'text/event-stream; charset=utf-8'])
      expect(await approve(ada.email)).toBe(200)
      expect(await stream.ended).toMatch(/^event: refresh$/m)
      const late = await follow(port, flow.action.data.events_url!)
      expect(await late.ended).toMatch(/^event: refresh$/m)
      const done = await send(browser, flow, { check: true })
      expect(done.json<Flow>().action).toMatchObject({ type: 'finished', data: { finish_redirect_uri: '/orders' } })
      expect((await browser.api('GET', '/user')).statusCode).toBe(200)
      expect((await follow(port, flow.action.data.events_url!)).status).toBe(404)
    })

    test('nobody hears of another flow, a made-up channel is none, and a stranger waits in vain until the state ends', async () => {
      const ada = await signUp(server)
      const flow = await waiting(server.browser(), newAddress())
      const stream = await follow(port, flow.action.data.events_url!)
      await waiting(server.browser(), ada.email)
      expect(await approve(ada.email)).toBe(200)
      expect((await follow(port, '/auth/api/v1/authentication_flows/events?channel=s1.made.up')).status).toBe(404)
      server.clock.advance(21 * 60_000)
      expect(await stream.ended).not.toContain('refresh')
      expect((await follow(port, flow.action.data.events_url!)).status).toBe(404)
    })

    test('one address has no more than twenty connections waiting, and gets a place back when it hangs up', async () => {
      const flow = await waiting(server.browser(), newAddress())
      const streams = await Promise.all(Array.from({ length: 20 }, () => follow(port, flow.action.data.events_url!)))
      expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200))
      expect((await follow(port, flow.action.data.events_url!)).status).toBe(429)
      for (const stream of streams) stream.hangUp()
      await Promise.all(streams.map(({ ended }) => ended))
      await expect.poll(async () => {
        const again = await follow(port, flow.action.data.events_url!)
        again.hangUp()
        return again.status
      }, { timeout: PATIENCE_MS }).toBe(200)
    })

    test('a server that ends lets go of who waits, at once', async () => {
      const third = await server.sibling()
      await third.app.listener.listen({ host: '127.0.0.1', port: 0 })
      const flow = await waiting(server.browser(), newAddress())
      const stream = await follow(portOf(third), flow.action.data.events_url!)
      const began = performance.now()
      await third.close()
      await stream.ended
      expect(performance.now() - began).toBeLessThan(3_000)
    })
  })
}
