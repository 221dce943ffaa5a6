import type { SessionRecord } from './session-types.ts'

/** How the owner of a session proved who they are (RFC 8176); nothing where the session is anonymous. */
export function amrOf({ amr }: Pick<SessionRecord, 'amr'>): string[] {
  return amr.split(' ').filter((one) => one !== '')
}
