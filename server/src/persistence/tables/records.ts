/** What happened, and what is still to be delivered. Part of the one schema in ../schema.ts. */
import type { EventId, OutboxId, SessionId, TenantId, UserId } from '../../domain/ids.ts'

/** Append-only: becomes the audit log. `type` is a name of contracts/events.json. */
export interface EventTable {
  id: EventId
  tenant_id: TenantId
  type: string
  /** Who did it; null when nobody was signed in. */
  actor_user_id: UserId | null
  /** Whom it happened to. */
  user_id: UserId | null
  session_id: SessionId | null
  ip: string | null
  user_agent: string | null
  /** JSON object of further facts, never a secret. */
  data: string
  occurred_at: number
}

export interface OutboxTable {
  id: OutboxId
  tenant_id: TenantId
  kind: 'mail' | 'message' | 'logout_token'
  /** The client that a logout token goes to; null of what goes to people. */
  recipient: string | null
  /** Sealed JSON: it may hold a code. Emptied once delivered, except in development. */
  payload_sealed: string
  /** `expired`: a code whose time was over before it went out; nothing is left of it. */
  state: 'pending' | 'delivered' | 'dead' | 'expired'
  attempts: number
  next_attempt_at: number
  /** A worker owns the row until then; a crashed worker's row is free again afterwards. */
  claimed_until: number | null
  last_error: string | null
  created_at: number
  settled_at: number | null
}
