import type { TenantId } from '../../domain/ids.ts'
import { addressKey } from './address-key.ts'
import type { LimitRefusal, Limits } from './limits.ts'
import type { LimitName } from './rules.ts'

/** `counted`: the try counts there, but a refusal there does not refuse it. */
export type Try = readonly [name: LimitName, key: string, counted?: 'counted']

/**
 * What one guess at a password counts towards. `account` is the user id, or for a stranger the identifier they gave:
 * one counter an account, however it was named, since a second name must not buy more tries (CVE-2025-24806).
 * `ownDevice` is a device the account knows, or a session of it: it is refused for its own tries alone.
 */
export function signInTries(tenantId: TenantId, account: string, ip: string, ownDevice?: string): readonly Try[] {
  return [['sign_in_failures_per_address', addressKey(ip)], ...accountTries('sign_in_failures_per_account', `${tenantId}:${account}`, ownDevice)]
}

export function accountTries(name: LimitName, account: string, ownDevice: string | undefined): readonly Try[] {
  return ownDevice === undefined ? [[name, account]] : [[name, `${account}:${ownDevice}`], [name, account, 'counted']]
}

/** Takes one try of each, in order, up to the first refusal. `allowed` takes the place of the number of their rules. */
export async function takeAll(limits: Limits, tries: readonly Try[], allowed?: number): Promise<LimitRefusal | undefined> {
  for (const [name, key, counted] of tries) {
    const refused = await limits.take(name, key, allowed)
    if (refused && !counted) return refused
  }
  return undefined
}

export async function giveBackAll(limits: Limits, tries: readonly Try[]): Promise<void> {
  for (const [name, key] of tries) await limits.giveBack(name, key)
}
