import { DEFAULT_TENANT_ID } from '../../src/domain/ids.ts'
import type { MessageRequest } from '../../src/domain/message.ts'
import type { E164 } from '../../src/domain/phone.ts'
import type { TestServer } from '../harness/server.ts'

export const FAST = { RATE_LIMITS: 'off', ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' }
export const SECRET = 'a-secret-of-the-provider-0123456789'

let last = 0
/** A Swiss mobile number that no other test writes to. */
export function newNumber(): E164 {
  last += 1
  return `+4179${String(5_000_000 + last)}` as E164
}

/** Puts the group in force, with the secret `PROVIDER` for its senders. */
export async function declareMessaging(server: TestServer, messaging: object): Promise<void> {
  await server.app.secrets.set('PROVIDER', SECRET)
  const applied = await server.app.settings.apply(JSON.stringify({ messaging }))
  if (!applied.ok) throw new Error(String(applied.failure))
}

export async function enqueue(server: TestServer, request: Partial<MessageRequest> & { to: E164 }): Promise<void> {
  const { outbox, database } = server.app
  await database.transaction((tx) => outbox.enqueueMessage(tx, DEFAULT_TENANT_ID, { template: 'login_code', code: '123456', ...request }))
}

/** The outbox row of the newest message to the number, while anything of it is left. */
export async function rowOf(server: TestServer, to: E164) {
  const rows = await server.app.outbox.list(DEFAULT_TENANT_ID, { limit: 100 })
  return rows.find((row) => row.message?.to === to)
}

/** What was recorded about messages, oldest first. */
export async function messageEvents(server: TestServer): Promise<{ type: string; data: Record<string, unknown> }[]> {
  const rows = await server.app.database.read.selectFrom('event').select(['type', 'data']).where('type', 'like', 'message.%').orderBy('id').execute()
  return rows.map(({ type, data }) => ({ type, data: JSON.parse(data) as Record<string, unknown> }))
}
