import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/app/config/load-config.ts'
import { LIMIT_RULES } from '../../src/services/limits/rules.ts'
import { testEngines } from '../harness/engines.ts'
import { newAddress } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

const { tries } = LIMIT_RULES.refresh_failures_per_address

// One engine: the address of a request is read from the connection and its headers.
describe('the address that limits count', () => {
  let plain: TestServer
  let proxied: TestServer
  beforeAll(async () => {
    plain = await startTestServer(testEngines[0]!)
    proxied = await startTestServer(testEngines[0]!, { TRUSTED_PROXIES: '10.0.0.1, 10.1.0.0/16' })
  })
  afterAll(() => Promise.all([plain.close(), proxied.close()]))

  /** Statuses of guesses, each from the address and headers that are given for it. */
  async function guess(server: TestServer, count: number, from: (index: number) => { ip: string; headers?: Record<string, string> }): Promise<number[]> {
    const statuses = []
    for (let index = 0; index < count; index += 1) {
      const { ip, headers = {} } = from(index)
      statuses.push((await server.browser({ ip }).api('POST', '/tokens/refresh', { refresh_token: 'guess' }, headers)).statusCode)
    }
    return statuses
  }

  test('is the whole /64 for IPv6, because one subscriber holds it all', async () => {
    const statuses = await guess(plain, tries + 1, (index) => ({ ip: `2001:db8:1:2:${(index + 1).toString(16)}::${(index * 7 + 1).toString(16)}` }))
    expect(statuses.slice(0, -1).every((status) => status === 401)).toBe(true)
    expect(statuses.at(-1)).toBe(429)
    expect(await guess(plain, 1, () => ({ ip: '2001:db8:1:3::1' }))).toEqual([401])
  })

  test('is the IPv4 address also when it arrives in IPv6 clothes', async () => {
    const statuses = await guess(plain, tries + 1, (index) => ({ ip: index % 2 === 0 ? '203.0.113.5' : '::ffff:203.0.113.5' }))
    expect(statuses.at(-1)).toBe(429)
  })

  test('is the connection’s own while no proxy is trusted, whatever headers say', async () => {
    const statuses = await guess(plain, tries + 1, (index) => ({
      ip: '203.0.113.6',
      headers: { 'x-forwarded-for': `192.0.2.${index}`, forwarded: `for=192.0.2.${index}`, 'x-real-ip': `192.0.2.${index}`, 'x-client-ip': `192.0.2.${index}`, 'cf-connecting-ip': `192.0.2.${index}` },
    }))
    expect(statuses.at(-1)).toBe(429)
  })

  test('is believed from a trusted proxy only', async () => {
    const forwarded = await guess(proxied, tries + 1, (index) => ({ ip: index % 2 === 0 ? '10.0.0.1' : '10.1.2.3', headers: { 'x-forwarded-for': '192.0.2.50' } }))
    expect(forwarded.at(-1)).toBe(429)
    expect(await guess(proxied, 1, () => ({ ip: '10.0.0.1', headers: { 'x-forwarded-for': '192.0.2.51' } }))).toEqual([401])
    const others = await guess(proxied, tries + 1, (index) => ({ ip: '10.0.0.2', headers: { 'x-forwarded-for': `192.0.2.${index % 250}` } }))
    expect(others.at(-1)).toBe(429)
  })

  test('is what the nearest trusted proxy saw, not what a client wrote before it', async () => {
    const spoofed = await guess(proxied, tries + 1, (index) => ({ ip: '10.0.0.1', headers: { 'x-forwarded-for': `198.18.0.${index % 250}, 192.0.2.60` } }))
    expect(spoofed.at(-1)).toBe(429)
    const chained = await guess(proxied, tries + 1, (index) => ({ ip: '10.0.0.1', headers: { 'x-forwarded-for': `198.18.1.${index % 250}, 192.0.2.61, 10.1.9.9` } }))
    expect(chained.at(-1)).toBe(429)
  })

  test('that cannot be read counts as one caller and breaks nothing', async () => {
    const statuses = await guess(proxied, tries + 1, (index) => ({ ip: '10.0.0.1', headers: { 'x-forwarded-for': `garbage${index}` } }))
    expect(statuses.every((status) => status === 401 || status === 429)).toBe(true)
    expect(statuses.at(-1)).toBe(429)
  })

  test('is not limited at all with RATE_LIMITS=off, which production refuses', async () => {
    const open = await startTestServer(testEngines[0]!, { RATE_LIMITS: 'off' })
    const browser = open.browser()
    for (let count = 0; count < tries + 5; count += 1) expect((await browser.api('POST', '/tokens/refresh', { refresh_token: 'x' })).statusCode).toBe(401)
    await open.close()
    const production = {
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://auth.example.com',
      ENCRYPTION_KEY: randomBytes(32).toString('hex'),
      SMTP_URL: 'smtps://mail.example.com',
      MAIL_FROM: newAddress(),
    }
    expect(loadConfig({ ...production, RATE_LIMITS: 'on' })).toMatchObject({ ok: true })
    const refused = loadConfig({ ...production, RATE_LIMITS: 'off' })
    expect(refused.ok ? [] : refused.failure).toEqual([expect.stringContaining('RATE_LIMITS')])
  })
})
