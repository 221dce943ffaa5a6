/** Owns: appending what happened, in the transaction in which it happens. Does not own: who may read it. */
import type { Transaction } from 'kysely'
import type { Requester } from '../../domain/requester.ts'
import type { EventType } from '../../domain/event-types.ts'
import type { SessionId, TenantId, UserId } from '../../domain/ids.ts'
import { insertEvent } from '../../persistence/queries/event.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Random } from '../../platform/random.ts'
import { newId } from '../../platform/random.ts'

export interface NewEvent {
  readonly type: EventType
  readonly tenantId: TenantId
  /** The user themselves where nobody is named; null: a job or an operator, who is no user. */
  readonly actorUserId?: UserId | null
  readonly userId?: UserId | null
  readonly sessionId?: SessionId | null
  readonly requester?: Requester | null
  /** Further facts; never a secret, a code or a token. */
  readonly data?: Readonly<Record<string, string | number | boolean | null>>
}

export interface Events {
  record(tx: Transaction<Schema>, event: NewEvent): Promise<void>
  /** Calls `listener` with whatever this process is about to record, before it is committed; it may yet be rolled back. */
  listen(listener: (event: NewEvent) => void): void
}

export function createEvents({ clock, random }: { clock: Clock; random: Random }): Events {
  const listeners: ((event: NewEvent) => void)[] = []
  return {
    listen: (listener) => void listeners.push(listener),

    record(tx, event) {
      for (const listener of listeners) listener(event)
      return insertEvent(tx, {
        id: newId(clock, random),
        tenant_id: event.tenantId,
        type: event.type,
        actor_user_id: event.actorUserId === undefined ? (event.userId ?? null) : event.actorUserId,
        user_id: event.userId ?? null,
        session_id: event.sessionId ?? null,
        ip: event.requester?.ip ?? null,
        user_agent: event.requester?.userAgent ?? null,
        data: JSON.stringify(event.data ?? {}),
        occurred_at: clock.now(),
      })
    },
  }
}
