import type { Transaction } from 'kysely'
import type { TenantId, UserId } from '../../domain/ids.ts'
import type { AttributeDefinition, AttributeFault, AttributeValue } from '../../domain/profile/attribute.ts'
import { checkAttribute, uniqueSpelling } from '../../domain/profile/check-attribute.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import { insertUnlessTaken } from '../../persistence/index.ts'
import { claimUniqueValue, deleteProfileAttribute, putProfileAttribute, releaseUniqueValue } from '../../persistence/queries/profile-attribute.ts'
import type { Schema } from '../../persistence/schema.ts'
import { sha256 } from '../../platform/digest.ts'
import type { ProfileChange } from './profile-types.ts'

/** A value to store, or null to forget the one there is. */
export interface CheckedAttribute {
  readonly definition: AttributeDefinition
  readonly value: AttributeValue | null
}

/** A change in the spelling it is stored in, or every fault of it. */
export function checkProfile(definitions: readonly AttributeDefinition[], change: ProfileChange): Result<CheckedAttribute[], readonly AttributeFault[]> {
  const faults: AttributeFault[] = []
  const checked: CheckedAttribute[] = []
  for (const [name, given] of Object.entries(change)) {
    const definition = definitions.find((one) => one.name === name)
    if (definition?.access.person !== 'write') {
      faults.push({ name, problem: 'not_writable' })
    } else if (given === null) {
      if (definition.isRequiredAtSignup) faults.push({ name, problem: 'required' })
      else checked.push({ definition, value: null })
    } else {
      const value = checkAttribute(definition, given)
      if (value.ok) checked.push({ definition, value: value.value })
      else faults.push({ name, problem: value.failure })
    }
  }
  return faults.length > 0 ? fail(faults) : succeed(checked)
}

/** False when another account has the value; whoever calls it holds the account (`lockUser`), and rolls back then. */
export async function storeAttribute(tx: Transaction<Schema>, owner: { tenantId: TenantId; userId: UserId }, { definition, value }: CheckedAttribute, at: number): Promise<boolean> {
  const { name, isUnique } = definition
  await releaseUniqueValue(tx, owner.userId, name)
  if (value === null) {
    await deleteProfileAttribute(tx, owner.userId, name)
    return true
  }
  if (isUnique) {
    const isFree = await insertUnlessTaken(tx, () => claimUniqueValue(tx, owner, name, sha256(uniqueSpelling(value))))
    if (!isFree) return false
  }
  await putProfileAttribute(tx, owner, name, JSON.stringify(value), at)
  return true
}
