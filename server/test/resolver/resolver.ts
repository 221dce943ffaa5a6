import type { LightMyRequestResponse } from 'fastify'
import type { CompiledQuery } from 'kysely'
import type { Browser } from '../harness/browser.ts'
import type { TestServer } from '../harness/server.ts'

export const RESOLVER = '/auth/_resolver/resolve'

/** What a proxy asks for a browser: its cookies, and whatever headers it sent. */
export function ask(browser: Browser, query = '', headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
  return browser.raw({ method: 'GET', url: `${RESOLVER}${query}`, headers })
}

/** The same for a token alone. */
export function askWith(server: TestServer, accessToken: string, query = ''): Promise<LightMyRequestResponse> {
  return ask(server.browser(), query, { authorization: `Bearer ${accessToken}` })
}

/** The headers of an answer under the prefix, without it. */
export function identityOf(answer: LightMyRequestResponse, prefix = 'x-gatepost-'): Record<string, string> {
  return Object.fromEntries(Object.entries(answer.headers).flatMap(([name, value]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), String(value)]] : [])))
}

/** Asks until two answers in a row came from memory: the watch has begun and the token is remembered. */
export async function untilRemembered(server: TestServer, accessToken: string, query = ''): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if ((await statementsOf(server, () => askWith(server, accessToken, query))) === 0) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('the token was never remembered')
}

/** How many statements the server sent to its database meanwhile, but for the reading of events, which nobody waits for. */
export async function statementsOf(server: TestServer, act: () => Promise<unknown>): Promise<number> {
  let count = 0
  await whileReading(server, ({ readsEvents }) => void (count += readsEvents ? 0 : 1), act)
  return count
}

/** Tells `onQuery` of every statement that reads, before it does; it may throw. */
export async function whileReading(server: TestServer, onQuery: (query: { readsEvents: boolean }) => void, act: () => Promise<unknown>): Promise<void> {
  const executor = server.app.database.read.getExecutor()
  const execute = executor.executeQuery
  executor.executeQuery = (async (query: CompiledQuery) => {
    onQuery({ readsEvents: query.sql.includes('not in') })
    return execute.call(executor, query)
  }) as typeof execute
  try {
    await act()
  } finally {
    executor.executeQuery = execute
  }
}
