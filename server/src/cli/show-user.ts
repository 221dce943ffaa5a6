import type { AccountFacts } from '../services/admins/index.ts'
import { withApp } from './command.ts'
import type { CountedFailures } from '../services/lockout/index.ts'
import { sayOutcome } from './say-outcome.ts'

const iso = (instant: number) => new Date(instant).toISOString()

/** One fact a line, for people and for `grep`. */
export function showUser(name: string): Promise<number> {
  return withApp(async ({ admins }) => {
    const described = await admins.describe(name)
    if (!described.ok) return sayOutcome(described, name, '')
    for (const line of linesOf(described.value)) console.log(line)
    return 0
  })
}

function linesOf({ user, emails, phones, deleteAt, failures }: AccountFacts): string[] {
  const status = user.disabledAt !== null ? `disabled since ${iso(user.disabledAt)}` : deleteAt !== null ? `deactivated by its owner, to be deleted on ${iso(deleteAt)}` : 'active'
  return [
    `id: ${user.id}`,
    `status: ${status}`,
    ...lockLines(failures),
    ...(user.isAnonymous ? ['anonymous: yes, without any identity'] : []),
    ...(user.username === null ? [] : [`username: ${user.username}`]),
    ...emails.map((one) => `email: ${one.display}${one.isPrimary ? ', primary' : ''}${one.verifiedAt === null ? ', not verified' : ''}`),
    ...phones.map((one) => `phone: ${one.key}`),
    `roles: ${user.roles.join(', ') || 'none'}`,
    `created: ${iso(user.createdAt)}`,
  ]
}

const GUESSED_AT = { password: 'password', one_time_code: 'sent code', second_factor: 'second factor' } as const

/** A counter a line. An account that is locked somewhere may be open elsewhere: each of its known devices counts for itself. */
function lockLines(failures: readonly CountedFailures[]): string[] {
  if (failures.length === 0) return ['locked: no']
  return failures.map(({ kind, failures: count, lockedUntil, isEverywhere }) => {
    const where = isEverywhere ? '' : ', on one device, session or address alone'
    return `locked: ${lockedUntil === null ? 'no' : `until ${iso(lockedUntil)}`}, ${GUESSED_AT[kind]}, wrong tries in a row: ${count}${where}`
  })
}
