import type { Say } from '../../../../languages/index.ts'

const KNOWN = ['openid', 'profile', 'email', 'phone', 'address', 'offline_access'] as const

/** What a scope gives, in a few words: ours, or those of the operator; one that only the applications know by its name. */
export function scopeText(say: Say, scope: string, description?: string): string {
  if (description !== undefined) return description
  const known = KNOWN.find((one) => one === scope)
  return known === undefined ? say('consent.other', { scope }) : say(`consent.${known}`)
}
