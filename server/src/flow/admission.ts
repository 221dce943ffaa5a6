import type { Policy } from './policy.ts'
import type { FlowState } from './state.ts'

/** Whether policy lets who is signing up have an account: the one place that says so, asked at every step of the way. */
export function isAdmitted(state: FlowState, { admission }: Policy['signup']): boolean {
  if (admission === undefined || state.invitation !== null || !state.identified) return true
  return admission.by === 'allow_list' && isListed(state.identified.key, admission.allowed)
}

/** By the whole address or its domain; nothing but the rule enters, whether there is an account does not. */
function isListed(key: string, allowed: readonly string[]): boolean {
  return allowed.includes(key) || allowed.includes(key.slice(key.lastIndexOf('@')))
}
