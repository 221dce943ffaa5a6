import type { LockoutRules } from '../settings/index.ts'

/** For how long the failure after which there are so many locks; 0 when it does not. Never for ever, however many there were. */
export function lockMinutes(failures: number, rules: LockoutRules): number {
  if (rules.attempts === 0 || failures < rules.attempts) return 0
  return Math.min(rules.minimum_minutes * rules.backoff_factor ** (failures - rules.attempts), rules.maximum_minutes)
}
