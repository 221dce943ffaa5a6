import type { Transaction } from 'kysely'
import type { TenantId } from '../../domain/ids.ts'
import { insertUnlessTaken } from '../../persistence/index.ts'
import { insertSpent } from '../../persistence/queries/spent-once.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Random } from '../../platform/random.ts'
import { newSecret } from '../../platform/random.ts'
import type { Sealer } from '../../platform/sealing.ts'
import { CEREMONY_TTL_MS } from './limits.ts'

export type CeremonyPurpose = 'registration' | 'sign_in' | 'reauthentication' | 'second_factor' | 'prompt'

/**
 * A ceremony is a challenge that was given out: 32 random bytes (section 13.4.3), sealed with what it is for, whom it was
 * given to and its end. It costs no row until it comes back; then its challenge is spent.
 */
interface Ceremony {
  readonly challenge: string
  readonly binding: string
  /** What a credential of this registration is filed under, where the account has no row for it yet. */
  readonly userHandle?: string
  /** Instant, milliseconds UTC. */
  readonly expiresAt: number
}

export interface Ceremonies {
  begin(purpose: CeremonyPurpose, binding: string, userHandle?: string): { challenge: string; ceremony: string; expiresAt: number }
  /**
   * The challenge, spent: whatever is found wrong with the answer afterwards, it is never taken again. Undefined unless it
   * is ours, for this purpose and binding, alive and spent by nobody else. The primary key is the guard.
   */
  spend(tx: Transaction<Schema>, its: { purpose: CeremonyPurpose; binding: string; tenantId: TenantId }, ceremony: string): Promise<string | undefined>
  /** As `spend`, with the user handle that the ceremony was begun for. */
  spendWithHandle(tx: Transaction<Schema>, its: { purpose: CeremonyPurpose; binding: string; tenantId: TenantId }, ceremony: string): Promise<{ challenge: string; userHandle: string } | undefined>
}

const SPENT_PURPOSE = 'passkey_ceremony'

export function createCeremonies({ clock, random, sealer }: { clock: Clock; random: Random; sealer: Sealer }): Ceremonies {
  // The purpose chooses the key: what was sealed for one is noise to another.
  const sealingPurpose = (purpose: CeremonyPurpose) => `passkey-${purpose}`

  async function spend(tx: Transaction<Schema>, { purpose, binding, tenantId }: { purpose: CeremonyPurpose; binding: string; tenantId: TenantId }, sealed: string): Promise<Ceremony | undefined> {
    const text = sealer.open(sealingPurpose(purpose), sealed)
    if (text === undefined) return undefined
    const begun = JSON.parse(text) as Ceremony
    const at = clock.now()
    if (begun.expiresAt <= at || begun.binding !== binding) return undefined
    const spent = { tenantId, purpose: SPENT_PURPOSE, key: begun.challenge, at, expiresAt: begun.expiresAt }
    return (await insertUnlessTaken(tx, () => insertSpent(tx, spent))) ? begun : undefined
  }

  return {
    begin(purpose, binding, userHandle) {
      const begun: Ceremony = { challenge: newSecret(random), binding, ...(userHandle === undefined ? {} : { userHandle }), expiresAt: clock.now() + CEREMONY_TTL_MS }
      return { challenge: begun.challenge, expiresAt: begun.expiresAt, ceremony: sealer.seal(sealingPurpose(purpose), JSON.stringify(begun)) }
    },

    spend: async (tx, its, ceremony) => (await spend(tx, its, ceremony))?.challenge,

    async spendWithHandle(tx, its, ceremony) {
      const begun = await spend(tx, its, ceremony)
      return begun?.userHandle === undefined ? undefined : { challenge: begun.challenge, userHandle: begun.userHandle }
    },
  }
}
