import type { Kysely, Transaction } from 'kysely'
import type { Requester } from '../../domain/requester.ts'
import type { TenantId } from '../../domain/ids.ts'
import type { OneTimeCodeOutcome } from '../../flow/index.ts'
import { approveLink, consumeApproved, consumeLink, findOpenLink } from '../../persistence/queries/email-link.ts'
import type { OneTimeCodeRecord } from '../../persistence/queries/one-time-code.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import { sha256 } from '../../platform/digest.ts'
import type { Events } from '../events/index.ts'
import { ONE_TIME_CODE_MAX_ATTEMPTS } from './limits.ts'

/** The link that is mailed instead of a code or beside it: 256 bits, stored as SHA-256, over together with its code. */
export interface CodeLinks {
  /** The code that this link belongs to, while the link can be used; changes nothing. */
  find(db: Kysely<Schema>, tenantId: TenantId, link: string): Promise<OneTimeCodeRecord | undefined>
  /** Spends the link in the browser that asked for it. */
  use(tx: Transaction<Schema>, record: OneTimeCodeRecord, link: string): Promise<OneTimeCodeOutcome>
  /** Says yes for a browser that waits; false when the link is over, or another approval came first. */
  approve(tx: Transaction<Schema>, record: OneTimeCodeRecord, link: string, requester: Requester): Promise<boolean>
  /** Where a code stands whose link was sent; spends nothing. */
  outcomeOf(record: OneTimeCodeRecord): OneTimeCodeOutcome
  /** Spends what was approved, for who waited. */
  collect(tx: Transaction<Schema>, record: OneTimeCodeRecord): Promise<OneTimeCodeOutcome>
}

export function createCodeLinks({ clock, events }: { clock: Clock; events: Events }): CodeLinks {
  const limits = () => ({ maxAttempts: ONE_TIME_CODE_MAX_ATTEMPTS, at: clock.now() })

  function outcomeOf(record: OneTimeCodeRecord): OneTimeCodeOutcome {
    const at = clock.now()
    if (record.consumed_at !== null || record.expires_at <= at) return 'exhausted'
    if (record.approved_at !== null) return 'right'
    const isOpen = record.link_hash !== null && record.code_expires_at > at && record.attempts < ONE_TIME_CODE_MAX_ATTEMPTS
    return isOpen ? 'awaited' : 'exhausted'
  }

  return {
    find: (db, tenantId, link) => findOpenLink(db, tenantId, sha256(link), limits()),
    use: async (tx, record, link) => ((await consumeLink(tx, record.id, sha256(link), limits())) ? 'right' : 'exhausted'),
    async approve(tx, record, link, requester) {
      if (!(await approveLink(tx, record.id, sha256(link), limits()))) return false
      await events.record(tx, {
        type: 'one_time_code.approved',
        tenantId: record.tenant_id,
        userId: record.user_id,
        sessionId: record.session_id,
        requester,
        data: { purpose: record.purpose },
      })
      return true
    },
    outcomeOf,
    async collect(tx, record) {
      const outcome = outcomeOf(record)
      if (outcome !== 'right') return outcome
      return (await consumeApproved(tx, record.id, clock.now())) ? 'right' : 'exhausted'
    },
  }
}
