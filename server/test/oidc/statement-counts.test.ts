import * as oidc from 'openid-client'
import type { CompiledQuery } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { signUp } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { follow, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

/** What the issue of tokens may cost at most; what frames a transaction is not counted. */
const REFRESH_STATEMENTS = 5
const REDEMPTION_STATEMENTS = 6
/** Longer than anything is remembered of clients and settings without asking whether they changed. */
const FORGOTTEN_AFTER_MS = 5_000

/** Every statement that the server sends to its database meanwhile, reads and writes. */
async function statementsOf<T>(server: TestServer, act: () => Promise<T>): Promise<{ statements: string[]; result: T }> {
  const statements: string[] = []
  const { database } = server.app
  const undo: (() => void)[] = []
  function follow(executor: { executeQuery: unknown }): void {
    const execute = executor.executeQuery as (query: CompiledQuery) => unknown
    executor.executeQuery = (query: CompiledQuery) => {
      statements.push(query.sql)
      return execute.call(executor, query)
    }
    undo.push(() => void (executor.executeQuery = execute))
  }
  const { transaction } = database
  follow(database.read.getExecutor())
  const counted: typeof transaction = (work) =>
    transaction.call(database, (tx) => {
      follow(tx.getExecutor())
      return work(tx)
    }) as ReturnType<typeof work>
  Object.assign(database, { transaction: counted })
  try {
    return { result: await act(), statements }
  } finally {
    Object.assign(database, { transaction })
    for (const restore of undo) restore()
  }
}

for (const engine of testEngines) {
  describe(`what the issue of tokens costs on ${engine}`, () => {
    let server: TestServer
    let browser: Browser
    let shop: RelyingParty
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      browser = (await signUp(server)).browser
      shop = await registerRelyingParty(server)
    })
    afterAll(() => server.close())

    const KINDS: readonly [name: string, parameters: () => Record<string, string>][] = [['an opaque access token', () => ({})]]

    for (const [name, parametersOf] of KINDS) {
      test(`${name}: at most ${REDEMPTION_STATEMENTS} statements for a code, at most ${REFRESH_STATEMENTS} for a refresh token`, async () => {
        const parameters = parametersOf()
        const authorize = async () => {
          const { path, checks } = await shop.begin(parameters)
          const { location } = await follow(browser, path)
          return () => oidc.authorizationCodeGrant(shop.config, new URL(location!), checks, parameters)
        }
        // The first one reads what is remembered from then on: the client, the keys, the settings.
        await (await authorize())()
        const redeem = await authorize()
        server.clock.advance(FORGOTTEN_AFTER_MS)
        const redeemed = await statementsOf(server, redeem)
        expect(redeemed.statements.length, redeemed.statements.join('\n')).toBeLessThanOrEqual(REDEMPTION_STATEMENTS)

        server.clock.advance(FORGOTTEN_AFTER_MS)
        const refreshed = await statementsOf(server, () => oidc.refreshTokenGrant(shop.config, redeemed.result.refresh_token!, parameters))
        expect(refreshed.result.access_token).not.toBe(redeemed.result.access_token)
        expect(refreshed.statements.length, refreshed.statements.join('\n')).toBeLessThanOrEqual(REFRESH_STATEMENTS)
      })
    }
  })
}
