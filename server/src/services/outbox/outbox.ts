import type { Transaction } from 'kysely'
import type { OutboxId, TenantId } from '../../domain/ids.ts'
import type { LogoutNotice } from '../../domain/logout-notice.ts'
import type { MailRequest, Notice, RenderedMail } from '../../domain/mail.ts'
import type { MessageRequest, RenderedMessage } from '../../domain/message.ts'
import type { E164 } from '../../domain/phone.ts'
import type { MailOutcome, MailSender } from '../../outbound/mail/mail-sender.ts'
import type { Database } from '../../persistence/index.ts'
import {
  claimOutbox,
  findOutbox,
  insertOutbox,
  listDueOutbox,
  listDueRecipients,
  listOutbox,
  reviveOutbox,
  settleOutbox,
} from '../../persistence/queries/outbox.ts'
import type { OutboxTable, Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Logger } from '../../platform/logger.ts'
import type { Random } from '../../platform/random.ts'
import { newId } from '../../platform/random.ts'
import type { Sealer } from '../../platform/sealing.ts'
import type { Events } from '../events/index.ts'
import type { LogoutTokens } from '../client-logouts/index.ts'
import type { Attempt, Messages } from '../messages/index.ts'
import { endBy } from './end-by.ts'
import type { Payload } from './payload.ts'
import { openPayload, sealPayload } from './payload.ts'
import { recordAttempts } from './record-attempts.ts'
import { MAX_ATTEMPTS, retryDelayMs } from './retry-schedule.ts'

export interface OutboxEntry {
  readonly id: OutboxId
  readonly state: OutboxTable['state']
  readonly attempts: number
  readonly createdAt: number
  readonly nextAttemptAt: number
  readonly lastError: string | null
  /** The client that a logout token goes to; null of what goes to people. */
  readonly recipient: string | null
  /** One of the two where it goes to a person; neither once delivered, where delivered payloads are erased. */
  readonly mail: RenderedMail | undefined
  readonly message: RenderedMessage | undefined
}

/** Where the owner of an account is written to. */
export interface NoticeRecipient {
  readonly email: string | null
  readonly phoneKey: E164 | null
}

export interface Outbox {
  enqueueMail(tx: Transaction<Schema>, tenantId: TenantId, request: MailRequest): Promise<void>
  /** A code to a telephone. It is delivered within the code's lifetime or not at all. */
  enqueueMessage(tx: Transaction<Schema>, tenantId: TenantId, request: MessageRequest): Promise<void>
  /** To the address of an account; by message to its telephone where it has none, and to nobody where it has neither. */
  enqueueNotice(tx: Transaction<Schema>, tenantId: TenantId, owner: NoticeRecipient, notice: Notice): Promise<void>
  /** Costs what a mail costs and sends none: the time of an answer must not tell whether somebody was written to. */
  enqueueNothing(tx: Transaction<Schema>, tenantId: TenantId): Promise<void>
  /** Tells the client that a session ended which it was signed in to, should it want to be told. */
  enqueueLogout(tx: Transaction<Schema>, tenantId: TenantId, notice: LogoutNotice): Promise<void>
  /** Delivers what is due to people, begins nothing more once `isStopped`; returns how many rows were due. */
  deliverDue(isStopped?: () => boolean): Promise<number>
  /** The clients that something is due to, whoever has waited longest first, `limit` at most. */
  listDueRecipients(limit: number): Promise<string[]>
  /** The same for what is due to one client: a slow one holds up nobody who is served beside it. */
  deliverDueTo(recipient: string, isStopped?: () => boolean): Promise<number>
  list(tenantId: TenantId, filter: { state?: OutboxTable['state']; limit: number; before?: OutboxId }): Promise<OutboxEntry[]>
  find(id: OutboxId): Promise<OutboxEntry | undefined>
  /** Gives a dead delivery another life; false when there is none such. */
  retry(tenantId: TenantId, id: OutboxId): Promise<boolean>
  /** Called when a row was inserted, before its commit: whoever looks for it gives the commit a moment. */
  onEnqueued(listener: () => void): void
}

/** Longer than a delivery may take (`DELIVERY_DEADLINE_MS`), or a slow mail would go out twice. */
const CLAIM_MS = 60_000
/**
 * Longer than any delivery that keeps its own time (`SMTP_TIMEOUT_MS` in app/compose.ts, `DELIVERY_TIMEOUT_MS` of messages):
 * one that does not must hold up neither those behind it nor the end of the process.
 */
const DELIVERY_DEADLINE_MS = 55_000
/** News of yesterday protects nobody: whoever has to know can still see it in the account. */
const NOTICE_LIFETIME_MS = 24 * 60 * 60 * 1_000
const BATCH_SIZE = 20
/** As many as the mail server is given connections: one delivery that hangs holds up itself alone. */
const PARALLEL_DELIVERIES = 3

interface Carried {
  readonly outcome: MailOutcome
  readonly attempts: readonly Attempt[]
}

const OUT_OF_TIME: Carried = { outcome: { outcome: 'failed', isPermanent: false, reason: 'the delivery did not come to an end' }, attempts: [] }

export function createOutbox(deps: {
  database: Database
  clock: Clock
  random: Random
  sealer: Sealer
  events: Events
  logger: Logger
  sender: MailSender
  render: (request: MailRequest) => Promise<RenderedMail>
  messages: Pick<Messages, 'deliver' | 'render'>
  logoutTokens: LogoutTokens
  codeLifetimeMs: number
  /** Development keeps what it delivered, for the mailbox page. */
  keepsDelivered: boolean
  deliveryDeadlineMs?: number
}): Outbox {
  const { database, clock, random, sealer, events, logger, sender, render, messages, logoutTokens, codeLifetimeMs, keepsDelivered, deliveryDeadlineMs = DELIVERY_DEADLINE_MS } = deps
  const listeners: (() => void)[] = []

  async function toEntry(row: OutboxTable): Promise<OutboxEntry> {
    const payload = openPayload(sealer, row)
    return {
      id: row.id,
      state: row.state,
      attempts: row.attempts,
      createdAt: row.created_at,
      nextAttemptAt: row.next_attempt_at,
      lastError: row.last_error,
      recipient: row.recipient,
      mail: payload?.kind === 'mail' ? await render(payload.request) : undefined,
      message: payload?.kind === 'message' ? await messages.render(payload.request) : undefined,
    }
  }

  async function carry(row: OutboxTable, payload: Payload | undefined): Promise<Carried> {
    if (!payload) return { outcome: { outcome: 'failed', isPermanent: true, reason: 'the payload cannot be unsealed' }, attempts: [] }
    if (payload.kind === 'mail') return { outcome: await sender.send(await render(payload.request), { messageId: row.id }), attempts: [] }
    if (payload.kind === 'logout_token') return { outcome: await logoutTokens.deliver(payload.request), attempts: [] }
    return messages.deliver(payload.request, { id: row.id, tenantId: row.tenant_id, expiresAt: payload.expiresAt })
  }

  async function drop(row: OutboxTable, payload: Payload | undefined): Promise<void> {
    const isNotice = payload?.kind === 'message' && payload.request.template === 'notice'
    const reason = `the ${isNotice ? 'notice' : 'code'} was too old to be sent`
    await database.transaction(async (tx) => {
      await settleOutbox(tx, row.id, { state: 'expired', settled_at: clock.now(), last_error: reason, payload_sealed: '' })
      await events.record(tx, { type: 'message.failed', tenantId: row.tenant_id, data: { outbox_id: row.id, kind: 'expired', reason } })
    })
  }

  async function deliver(row: OutboxTable): Promise<void> {
    const claimed = await database.transaction((tx) => claimOutbox(tx, row.id, { at: clock.now(), until: clock.now() + CLAIM_MS }))
    if (!claimed) return
    const attempt = row.attempts + 1
    const payload = openPayload(sealer, row)
    const expiresAt = payload?.kind === 'message' ? payload.expiresAt : Infinity
    if (clock.now() >= expiresAt) return drop(row, payload)
    const { outcome, attempts } = await endBy(carry(row, payload), deliveryDeadlineMs, OUT_OF_TIME)
    if (outcome.outcome === 'delivered') {
      const emptied = keepsDelivered ? {} : { payload_sealed: '' }
      await database.transaction(async (tx) => {
        await settleOutbox(tx, row.id, { state: 'delivered', settled_at: clock.now(), last_error: null, ...emptied })
        await recordAttempts(tx, events, row, attempts)
      })
      return
    }
    const isDead = outcome.isPermanent || attempt >= MAX_ATTEMPTS
    const client = row.recipient === null ? {} : { client_id: row.recipient }
    logger.warn({ outboxId: row.id, recipient: row.recipient, attempt, isDead, reason: outcome.reason }, `a ${row.kind} was not delivered`)
    await database.transaction(async (tx) => {
      await recordAttempts(tx, events, row, attempts)
      if (!isDead) {
        const jitter = random.bytes(1)[0]! / 255
        // A code that grows old while it waits is looked at once more at its end, and dropped.
        const nextAttemptAt = Math.min(clock.now() + retryDelayMs(attempt, jitter), expiresAt)
        return settleOutbox(tx, row.id, { next_attempt_at: nextAttemptAt, last_error: outcome.reason })
      }
      await settleOutbox(tx, row.id, { state: 'dead', settled_at: clock.now(), last_error: outcome.reason })
      return events.record(tx, { type: 'outbox.dead', tenantId: row.tenant_id, data: { outbox_id: row.id, reason: outcome.reason, ...client } })
    })
  }

  async function deliverAll(due: readonly OutboxTable[], isStopped: () => boolean): Promise<number> {
    const waiting = due.values()
    const deliverWaiting = async () => {
      for (const row of waiting) {
        if (isStopped()) return
        await deliver(row)
      }
    }
    const ends = await Promise.allSettled(Array.from({ length: PARALLEL_DELIVERIES }, deliverWaiting))
    // Only once all have come to rest: whoever waits for this may close the database next.
    for (const end of ends) if (end.status === 'rejected') throw end.reason
    return due.length
  }

  async function enqueue(tx: Transaction<Schema>, tenantId: TenantId, payload: Payload | undefined): Promise<void> {
    const id = newId<OutboxId>(clock, random)
    const at = clock.now()
    const sealed = sealPayload(sealer, id, payload)
    const settled = { payload_sealed: '', state: 'delivered', settled_at: at } as const
    await insertOutbox(tx, {
      id,
      tenant_id: tenantId,
      kind: payload?.kind ?? 'mail',
      recipient: payload?.kind === 'logout_token' ? payload.request.clientId : null,
      payload_sealed: sealed,
      state: 'pending',
      attempts: 0,
      next_attempt_at: at,
      claimed_until: null,
      last_error: null,
      created_at: at,
      settled_at: null,
      ...(payload === undefined ? settled : {}),
    })
    if (payload !== undefined) for (const listener of listeners) listener()
  }

  return {
    enqueueMail: (tx, tenantId, request) => enqueue(tx, tenantId, { kind: 'mail', request }),
    enqueueMessage: (tx, tenantId, request) => enqueue(tx, tenantId, { kind: 'message', request, expiresAt: clock.now() + codeLifetimeMs }),
    async enqueueNotice(tx, tenantId, { email, phoneKey }, notice) {
      if (email !== null) return enqueue(tx, tenantId, { kind: 'mail', request: { ...notice, to: email } })
      if (phoneKey !== null) return enqueue(tx, tenantId, { kind: 'message', request: { template: 'notice', to: phoneKey, notice }, expiresAt: clock.now() + NOTICE_LIFETIME_MS })
    },
    enqueueNothing: (tx, tenantId) => enqueue(tx, tenantId, undefined),
    enqueueLogout: (tx, tenantId, request) => enqueue(tx, tenantId, { kind: 'logout_token', request }),
    deliverDue: async (isStopped = () => false) => deliverAll(await listDueOutbox(database.read, null, clock.now(), BATCH_SIZE), isStopped),
    listDueRecipients: (limit) => listDueRecipients(database.read, clock.now(), limit),
    deliverDueTo: async (recipient, isStopped = () => false) => deliverAll(await listDueOutbox(database.read, recipient, clock.now(), BATCH_SIZE), isStopped),
    list: async (tenantId, filter) => Promise.all((await listOutbox(database.read, tenantId, filter)).map(toEntry)),
    async find(id) {
      const row = await findOutbox(database.read, id)
      return row && toEntry(row)
    },
    async retry(tenantId, id) {
      const revived = await database.transaction(async (tx) => {
        if (!(await reviveOutbox(tx, id, clock.now()))) return false
        await events.record(tx, { type: 'outbox.retried', tenantId, data: { outbox_id: id } })
        return true
      })
      if (revived) for (const listener of listeners) listener()
      return revived
    },
    onEnqueued: (listener) => void listeners.push(listener),
  }
}
