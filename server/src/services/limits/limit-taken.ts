import type { Result } from '../../domain/result.ts'
import { fail } from '../../domain/result.ts'
import { addressKey } from './address-key.ts'
import type { LimitRefusal, Limits } from './limits.ts'
import type { Try } from './sign-in-tries.ts'
import { giveBackAll, takeAll } from './sign-in-tries.ts'

type Limited = { readonly code: 'rate_limited' } & LimitRefusal

interface Seeker {
  readonly user: { readonly id: string }
  readonly session: { readonly tenant_id: string }
  readonly requester: { readonly ip: string }
}

/**
 * Does what may find out that another account has a value. Only the tries that did are counted, per account and per
 * address; each is taken before, so that tries at once cannot slip past the counter.
 */
export async function limitTaken<Value, Failure>(
  limits: Limits,
  { user, session, requester }: Seeker,
  attempt: () => Promise<Result<Value, Failure>>,
  isTaken: (failure: Failure) => boolean,
): Promise<Result<Value, Failure | Limited>> {
  const ofAddress: Try = ['taken_values_per_address', addressKey(requester.ip)]
  const ofAccount: Try = ['taken_values_per_account', `${session.tenant_id}:${user.id}`]
  const tries = [ofAccount, ofAddress]
  const refused = await takeAll(limits, tries)
  if (refused) return fail({ code: 'rate_limited', ...refused })
  let hasFound = false
  try {
    const outcome = await attempt()
    hasFound = !outcome.ok && isTaken(outcome.failure)
    return outcome
  } finally {
    if (!hasFound) await giveBackAll(limits, tries)
  }
}
