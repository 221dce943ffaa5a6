import type { SessionRecord } from './session-types.ts'

/** How the owner of a session proved who they are (RFC 8176); nothing where the session is anonymous. */
export function amrOf({ amr }: Pick<SessionRecord, 'amr'>): string[] {
  return amr.split(' ').filter((one) => one !== '')
}

/** Authentication assurance levels, ascending. */
export const ACR_VALUES = ['aal1', 'aal2'] as const

/** NIST SP 800-63B-4 section 2: two factors make level 2. */
export function acrOf(amr: readonly string[]): (typeof ACR_VALUES)[number] {
  return amr.includes('mfa') ? 'aal2' : 'aal1'
}
