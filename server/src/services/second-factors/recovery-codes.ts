import type { Transaction } from 'kysely'
import type { TenantId, UserId } from '../../domain/ids.ts'
import { normaliseRecoveryCode, RECOVERY_CODE_LENGTH, RECOVERY_CODES_MADE, recoveryCodeOf } from '../../domain/recovery-code.ts'
import { replaceRecoveryCodes, spendRecoveryCode } from '../../persistence/queries/recovery-code.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Random } from '../../platform/random.ts'
import type { Sealer } from '../../platform/sealing.ts'

const MAC_PURPOSE = 'recovery-code'

/** Look-up secrets (NIST SP 800-63B-4 section 3.1.2): kept as keyed hashes, each good once. */
export function createRecoveryCodes({ clock, random, sealer }: { clock: Clock; random: Random; sealer: Sealer }) {
  const textOf = (userId: UserId, code: string) => `${userId}:${code}`

  return {
    /** New codes, nobody's yet; the only time they can be read. */
    make: (): string[] => Array.from({ length: RECOVERY_CODES_MADE }, () => recoveryCodeOf(random.bytes(RECOVERY_CODE_LENGTH))),

    /** Puts codes in the place of all earlier ones. */
    async replace(tx: Transaction<Schema>, user: { tenantId: TenantId; userId: UserId }, codes: readonly string[]): Promise<void> {
      const hashes = codes.map((code) => sealer.mac(MAC_PURPOSE, textOf(user.userId, normaliseRecoveryCode(code)!)))
      await replaceRecoveryCodes(tx, { ...user, hashes, at: clock.now() })
    },

    async check(tx: Transaction<Schema>, userId: UserId, typed: string): Promise<boolean> {
      const code = normaliseRecoveryCode(typed)
      // Codes outlive the key they were hashed under, as long as it stays in the ring.
      return code !== undefined && spendRecoveryCode(tx, userId, sealer.macs(MAC_PURPOSE, textOf(userId, code)), clock.now())
    },
  }
}

export type RecoveryCodes = ReturnType<typeof createRecoveryCodes>
