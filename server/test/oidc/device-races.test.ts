import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { begin, decide, DEVICE_GRANT, registerTelevision } from '../harness/devices.ts'
import { testEngines } from '../harness/engines.ts'
import { signUp } from '../harness/people.ts'
import { fetchOver, ISSUER } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, QUICK } from '../harness/tokens.ts'

for (const engine of testEngines) {
  describe(`a device that polls fifty times at once at two instances on ${engine}`, () => {
    let server: TestServer
    let other: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      other = await server.sibling()
    })
    afterAll(async () => {
      await other.close()
      await server.close()
    })

    // security case S3
    test('gets tokens once, which go on working', async () => {
      const television = await registerTelevision(server)
      const { browser } = await signUp(server)
      const device = await begin(television)
      expect((await decide(browser, device.userCode)).statusCode).toBe(200)
      const body = new URLSearchParams({ grant_type: DEVICE_GRANT, device_code: device.deviceCode, client_id: television.clientId })
      const answers = await atOnce([server, other], 50, async (at) => {
        const answer = await fetchOver(at)(`${ISSUER}/oauth2/token`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body } as never)
        return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
      })
      const won = answers.filter(({ status }) => status === 200)
      expect(won).toHaveLength(1)
      expect(new Set(answers.filter(({ status }) => status !== 200).map(({ body: { error } }) => error))).toEqual(new Set(['invalid_grant']))
      expect((await oidc.refreshTokenGrant(television.config, String(won[0]!.body['refresh_token']))).access_token).toBeTruthy()
    })
  })
}
