import type { Kysely, Transaction } from 'kysely'
import type { AttemptKind } from '../../domain/attempt-kind.ts'
import type { Requester } from '../../domain/requester.ts'
import type { TenantId, UserId } from '../../domain/ids.ts'
import { NOBODY_ID } from '../../domain/ids.ts'
import { languageFor } from '../../domain/mail.ts'
import { countFailure, deleteFailedAttemptsOf, findFailedAttempts, forgetFailures, listFailedAttemptsOf, lockSubject } from '../../persistence/queries/failed-attempts.ts'
import { findUser } from '../../persistence/queries/user-account.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Sealer } from '../../platform/sealing.ts'
import type { Events } from '../events/index.ts'
import { addressKey } from '../limits/index.ts'
import type { Outbox } from '../outbox/index.ts'
import type { LockoutRules } from '../settings/index.ts'
import { lockMinutes } from './lock-minutes.ts'

const MINUTE_MS = 60_000
const MAC_PURPOSE = 'failed-attempts'
/** In the place of a device, session or address. */
const EVERYWHERE = ''

/** Who guesses at what, and from where. */
export interface Guess {
  readonly kind: AttemptKind
  readonly tenantId: TenantId
  readonly userId: UserId | null
  /** The user id, or for a stranger the identifier they gave: one count an account, however it was named (CVE-2025-24806). */
  readonly account: string
  /** A device the account knows, or a session of it, counts for itself: nobody elsewhere can lock its owner out of it. */
  readonly ownDevice: string | undefined
  readonly requester: Requester
}

/** What one counter of an account says. */
export interface CountedFailures {
  readonly kind: AttemptKind
  readonly failures: number
  /** Milliseconds UTC; null while the account's proofs are taken. */
  readonly lockedUntil: number | null
  /** False where it counts for one known device, session or address alone. */
  readonly isEverywhere: boolean
}

export interface Lockout {
  /** Counts a wrong proof; the one that is too many locks, and its owner is told. Not counted while locked. */
  fail(tx: Transaction<Schema>, guess: Guess, rules: LockoutRules): Promise<void>
  /** Forgets what was wrong before a right proof. False while locked: the proof must then count as wrong. */
  succeed(tx: Transaction<Schema>, guess: Guess, rules: LockoutRules): Promise<boolean>
  /** For proofs that are spent by looking at them. The answer holds until the transaction ends only after a `fail`. */
  isLocked(tx: Transaction<Schema>, guess: Guess, rules: LockoutRules): Promise<boolean>
  /** What is counted of the user at present, by kind. */
  describe(db: Kysely<Schema>, user: { tenantId: TenantId; userId: UserId }): Promise<CountedFailures[]>
  /** Every counter of the user, or those of one kind; how many. */
  unlock(tx: Transaction<Schema>, userId: UserId, kind?: AttemptKind): Promise<number>
}

/** A stranger is counted like an account, statement by statement, so that time does not tell them apart. */
export function createLockout(deps: { clock: Clock; sealer: Sealer; events: Events; outbox: Outbox }): Lockout {
  const { clock, sealer, events, outbox } = deps

  const macOf = ({ tenantId, kind, account }: Pick<Guess, 'tenantId' | 'kind' | 'account'>, from: string) => sealer.mac(MAC_PURPOSE, JSON.stringify([tenantId, kind, account, from]))

  function subjectOf(guess: Guess, { per }: LockoutRules): string {
    return macOf(guess, guess.ownDevice ?? (per === 'user' ? EVERYWHERE : addressKey(guess.requester.ip)))
  }

  async function tell(tx: Transaction<Schema>, guess: Guess, lock: { failures: number; minutes: number; until: number }): Promise<void> {
    const { kind, tenantId, userId, requester } = guess
    const { failures, minutes, until } = lock
    await events.record(tx, { type: 'user.locked_out', tenantId, userId, requester, data: { kind, failures, minutes } })
    const user = await findUser(tx, tenantId, userId ?? NOBODY_ID)
    const language = user && languageFor(user, requester)
    if (user) await outbox.enqueueNotice(tx, tenantId, user, { template: 'account_locked', language, kind, until, at: clock.now(), ip: requester.ip, userAgent: requester.userAgent })
  }

  const lockout: Lockout = {
    async fail(tx, guess, rules) {
      if (rules.attempts === 0) return
      const { tenantId, userId, kind } = guess
      const subject = subjectOf(guess, rules)
      const at = clock.now()
      const windowMs = rules.window_minutes * MINUTE_MS
      const failures = await countFailure(tx, { subject, tenantId, userId, kind, at, forgetAt: at + windowMs })
      const minutes = failures === undefined ? 0 : lockMinutes(failures, rules)
      if (failures === undefined || minutes === 0) return
      const until = at + Math.round(minutes * MINUTE_MS)
      await lockSubject(tx, subject, { until, forgetAt: until + windowMs })
      await tell(tx, guess, { failures, minutes, until })
    },

    async succeed(tx, guess, rules) {
      if (rules.attempts === 0) return true
      const subject = subjectOf(guess, rules)
      if (!(await findFailedAttempts(tx, subject))) return true
      if (await forgetFailures(tx, subject, clock.now())) return true
      // Another right proof may have come first; what is left is locked.
      return (await findFailedAttempts(tx, subject)) === undefined
    },

    async isLocked(tx, guess, rules) {
      if (rules.attempts === 0) return false
      const found = await findFailedAttempts(tx, subjectOf(guess, rules))
      return found !== undefined && found.locked_until > clock.now()
    },

    async describe(db, { tenantId, userId }) {
      const at = clock.now()
      return (await listFailedAttemptsOf(db, userId, at)).map(({ kind, failures, locked_until: until, subject }) => ({
        kind,
        failures,
        lockedUntil: until > at ? until : null,
        isEverywhere: subject === macOf({ tenantId, kind, account: userId }, EVERYWHERE),
      }))
    },

    unlock: deleteFailedAttemptsOf,
  }
  return lockout
}
