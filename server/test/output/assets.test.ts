// One engine is enough: files do not depend on it.
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

let server: TestServer
let sheet: string
beforeAll(async () => {
  server = await startTestServer(testEngines[0] ?? 'sqlite', { RATE_LIMITS: 'off' })
  sheet = /href="([^"]*gatepost\.css)"/.exec((await server.browser().get('/auth/login')).body)?.[1] ?? ''
})
afterAll(() => server.close())

const load = (acceptEncoding: string | undefined) => server.browser().raw({ method: 'GET', url: sheet, headers: acceptEncoding === undefined ? {} : { 'accept-encoding': acceptEncoding } })

test.each(['gzip, deflate, br, zstd', 'br;q=1.0, gzip;q=0.5', 'GZIP', '*'])('the style sheet is compressed for whoever takes %s, to a third', async (accepted) => {
  const [plain, packed] = [await load(undefined), await load(accepted)]
  expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: expect.stringContaining('accept-encoding'), 'content-type': 'text/css; charset=utf-8' })
  expect(gunzipSync(packed.rawPayload).equals(plain.rawPayload)).toBe(true)
  expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 3)
})

test.each([undefined, 'identity', 'br', 'gzip;q=0', 'br, gzip;q=0.0', 'xgzip'])('it is sent as it is to whoever takes %s', async (accepted) => {
  const plain = await load(accepted)
  expect(plain.headers['content-encoding']).toBeUndefined()
  expect(plain.body).toContain('.gp-card')
})

test('a page, which holds secrets beside what others chose, is never compressed', async () => {
  const page = await server.browser().raw({ method: 'GET', url: '/auth/login', headers: { 'accept-encoding': 'gzip' } })
  expect(page.headers['content-encoding']).toBeUndefined()
})
