import type { Policy } from './policy.ts'
import type { FlowState } from './state.ts'

/** Whether policy lets who is signing up have an account: the one place that says so, asked at every step of the way. */
export function isAdmitted({ identified, invitation }: FlowState, { admission, identifications = ['email'] }: Policy['signup']): boolean {
  if (invitation !== null || !identified) return true
  // A number is proven by steps that are only there where accounts may begin with one.
  if (identified.identification === 'phone' && !identifications.includes('phone')) return false
  return admission === undefined || (admission.by === 'allow_list' && isListed(identified.key, admission.allowed))
}

/** By the whole address or its domain; nothing but the rule enters, whether there is an account does not. */
function isListed(key: string, allowed: readonly string[]): boolean {
  return allowed.includes(key) || allowed.includes(key.slice(key.lastIndexOf('@')))
}
