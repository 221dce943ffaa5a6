import type { Transaction } from 'kysely'
import type { TenantId, UserId } from '../../domain/ids.ts'
import type { AttributeFault, AttributeValue } from '../../domain/profile/attribute.ts'
import type { FlowState, Policy } from '../../flow/index.ts'
import type { Schema } from '../../persistence/schema.ts'
import { storeAttribute } from '../profiles/index.ts'
import { judgeProfile } from './prove-profile.ts'

/** Thrown to undo a finish whose values cannot be kept; what has to be asked again is a state, not a fault. */
export class ProfileRefused extends Error {
  readonly state: FlowState

  constructor(state: FlowState, faults: readonly AttributeFault[]) {
    super('a value of the profile cannot be kept')
    this.state = { ...state, profileFaults: faults }
  }
}

/** Keeps what was told for the account that was just made, and says which attributes that were; the settings may ask for other things by now. */
export async function storeProfile(
  tx: Transaction<Schema>,
  state: FlowState,
  owner: { tenantId: TenantId; userId: UserId },
  { values, policy, at }: { values: Readonly<Record<string, AttributeValue>>; policy: Policy; at: number },
): Promise<string> {
  const asked = policy.profile.requiredAtSignup
  const judged = judgeProfile(asked, Object.fromEntries(asked.map(({ name }) => [name, values[name]])))
  if (!judged.ok) throw new ProfileRefused(state, judged.failure)
  for (const definition of asked) {
    const { name } = definition
    const isFree = await storeAttribute(tx, owner, { definition, value: judged.value[name] ?? null }, at)
    if (!isFree) throw new ProfileRefused(state, [{ name, problem: 'taken' }])
  }
  return asked.map(({ name }) => name).join(' ')
}
