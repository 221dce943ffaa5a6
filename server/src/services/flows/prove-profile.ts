import type { Requester } from '../../domain/requester.ts'
import type { AttributeDefinition, AttributeFault, AttributeValue } from '../../domain/profile/attribute.ts'
import { parseTyped } from '../../domain/profile/parse-typed.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { FlowState, Policy, Proof } from '../../flow/index.ts'
import { advance } from '../../flow/index.ts'
import type { LimitRefusal, Limits } from '../limits/index.ts'
import { addressKey } from '../limits/index.ts'
import { checkProfile } from '../profiles/index.ts'
import type { FlowInput } from './flow-types.ts'
import { FLOWS_PER_ADDRESS } from './limit-codes.ts'

/** The values travel in the flow's state, which has to fit into an address. */
const PROFILE_MAX_BYTES = 2_000
const UNSEEN: Proof = { kind: 'unacceptable_profile', faults: [] }

/** Exactly what is asked, in the spelling it is stored in; or every fault of it. */
export function judgeProfile(asked: readonly AttributeDefinition[], given: Readonly<Record<string, unknown>>): Result<Record<string, AttributeValue>, readonly AttributeFault[]> {
  const missing = asked.filter(({ name }) => !Object.hasOwn(given, name) || given[name] === null).map(({ name }): AttributeFault => ({ name, problem: 'required' }))
  const told = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null))
  const checked = checkProfile(asked, told)
  const faults = [...missing, ...(checked.ok ? [] : checked.failure)]
  if (!checked.ok || faults.length > 0) return fail(faults)
  const values = Object.fromEntries(checked.value.flatMap(({ definition, value }) => (value === null ? [] : [[definition.name, value] as const])))
  if (Buffer.byteLength(JSON.stringify(values)) <= PROFILE_MAX_BYTES) return succeed(values)
  const sizeOf = (name: string) => JSON.stringify(values[name]).length
  const [longest] = Object.keys(values).toSorted((one, other) => sizeOf(other) - sizeOf(one))
  return fail([{ name: longest ?? '', problem: 'too_long' }])
}

/** What somebody tells about themself before they have an account. Whether a value is taken is found out when it is stored. */
export function createProfileProof({ limits }: { limits: Limits }) {
  return async function prove(
    state: FlowState,
    input: Extract<FlowInput, { input: 'profile' }>,
    requester: Requester,
    policy: Policy,
  ): Promise<{ proof: Proof } | { refused: LimitRefusal }> {
    if (advance(state, UNSEEN, policy).next === 'refused') return { proof: UNSEEN }
    const asked = policy.profile.requiredAtSignup
    const judged = judgeProfile(asked, 'typed' in input ? read(asked, input.typed) : input.values)
    if (!judged.ok) return { proof: { kind: 'unacceptable_profile', faults: judged.failure } }
    // Where no code comes in between, an account is made next: each try could find out whether somebody has a value.
    const isNextMade = state.isEmailProven || state.provenPhone !== null || (policy.signup.verification === 'off' && state.identified?.identification !== 'phone')
    const refused = isNextMade ? await limits.take(FLOWS_PER_ADDRESS[state.type], addressKey(requester.ip)) : undefined
    return refused ? { refused } : { proof: { kind: 'profile', values: judged.value } }
  }
}

/** Fields of a form, by the type of what they are about. */
function read(asked: readonly AttributeDefinition[], typed: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(asked.map((definition) => [definition.name, parseTyped(definition, typed)]))
}
