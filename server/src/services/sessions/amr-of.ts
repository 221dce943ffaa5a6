import type { SessionRecord } from './session-types.ts'

/** How the owner of a session proved who they are (RFC 8176); nothing where the session is anonymous. */
export function amrOf({ amr }: Pick<SessionRecord, 'amr'>): string[] {
  return amr.split(' ').filter((one) => one !== '')
}

/** NIST SP 800-63B-4 section 2: two factors make level 2. */
export function acrOf(amr: readonly string[]): 'aal1' | 'aal2' {
  return amr.includes('mfa') ? 'aal2' : 'aal1'
}
