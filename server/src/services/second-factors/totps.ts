import type { Transaction } from 'kysely'
import type { TenantId, TotpId, UserId } from '../../domain/ids.ts'
import type { Database } from '../../persistence/index.ts'
import type { TotpRecord } from '../../persistence/queries/authenticator-totp.ts'
import { deleteTotp, insertTotp, listTotps, listTotpsAfter, replaceSealedTotpKey, spendTotpStep } from '../../persistence/queries/authenticator-totp.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import { OperatorError } from '../../platform/operator-error.ts'
import type { Random } from '../../platform/random.ts'
import { newId } from '../../platform/random.ts'
import type { Sealer } from '../../platform/sealing.ts'
import { TOTP_KEY_BYTES, totpKeyOf, totpStepOf } from '../../protocols/totp.ts'

const SEALING_PURPOSE = 'totp-key'
/** Rows read at a time while keys are sealed anew. */
const REWRAP_PAGE = 500
const TOTP_CODE = /^\d{6}$/

/** One-time password generators (RFC 6238). A time step is accepted once, whoever shows its code first. */
export function createTotps({ clock, random, sealer }: { clock: Clock; random: Random; sealer: Sealer }) {
  return {
    newKey: () => totpKeyOf(random.bytes(TOTP_KEY_BYTES)),

    /** The time step of the code, or null. */
    stepOf: (key: string, code: string) => (TOTP_CODE.test(code) ? totpStepOf(key, code, clock.now()) : null),

    async add(tx: Transaction<Schema>, totp: { tenantId: TenantId; userId: UserId; key: string; step: number; name: string }): Promise<TotpId> {
      const id = newId<TotpId>(clock, random)
      await insertTotp(tx, {
        id,
        tenant_id: totp.tenantId,
        user_id: totp.userId,
        key_sealed: sealer.seal(SEALING_PURPOSE, totp.key, id),
        name: totp.name,
        // The code that set it up is spent with that.
        last_step: totp.step,
        created_at: clock.now(),
        last_used_at: null,
      })
      return id
    },

    /** True when the code belongs to one of the user's generators and was never shown before. */
    async check(tx: Transaction<Schema>, userId: UserId, code: string): Promise<boolean> {
      if (!TOTP_CODE.test(code)) return false
      for (const totp of await listTotps(tx, userId)) {
        const key = sealer.open(SEALING_PURPOSE, totp.key_sealed, totp.id)
        if (key === undefined) throw new OperatorError(`the key of TOTP authenticator ${totp.id} cannot be unsealed: ENCRYPTION_KEY does not hold the key it was sealed with`)
        const step = totpStepOf(key, code, clock.now())
        if (step !== null && (await spendTotpStep(tx, totp.id, step, clock.now()))) return true
      }
      return false
    },

    /** Seals every key under the first key of the ring again; how many were. */
    async rewrap(database: Database): Promise<number> {
      let rewrapped = 0
      for (let after: TotpId | '' = ''; ; ) {
        const page: TotpRecord[] = await listTotpsAfter(database.read, after, REWRAP_PAGE)
        for (const { id, key_sealed: sealed } of page.filter((totp) => sealer.isStale(totp.key_sealed))) {
          const key = sealer.open(SEALING_PURPOSE, sealed, id)
          if (key === undefined) throw new OperatorError(`the key of TOTP authenticator ${id} cannot be unsealed: ENCRYPTION_KEY does not hold the key it was sealed with`)
          const isDone = await database.transaction((tx) => replaceSealedTotpKey(tx, id, sealed, sealer.seal(SEALING_PURPOSE, key, id)))
          if (isDone) rewrapped += 1
        }
        const last = page.at(-1)
        if (!last || page.length < REWRAP_PAGE) return rewrapped
        after = last.id
      }
    },

    remove: deleteTotp,
  }
}

export type Totps = ReturnType<typeof createTotps>
