import type { Caller } from '../../services/callers/index.ts'

/** A role or scope that would read as two, or is no ASCII, is left out rather than grant what nobody granted. */
const LISTABLE = /^[\x21-\x2b\x2d-\x7e]+$/

/** The headers that tell an application who is calling, under the prefix of `RESOLVER_HEADER_PREFIX`. Absent is what is not known. */
export function createIdentityHeaders(prefix: string) {
  const named = (entries: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(entries).flatMap(([name, value]) => (value ? [[`${prefix}${name}`.toLowerCase(), value]] : [])))
  const made = new WeakMap<Caller, Readonly<Record<string, string>>>()

  function describe(caller: Caller): Readonly<Record<string, string>> {
    const { client } = caller
    const given = { 'Organization-Id': caller.organizationId, 'Client-Id': client?.clientId, Scope: client?.scope }
    // A client by itself has no session that an application could take for somebody's.
    if (caller.userId === undefined) return named(given)
    return named({
      'Session-Valid': 'true',
      'User-Id': caller.userId,
      'User-Verified': String(caller.isVerified),
      'User-Anonymous': String(caller.isAnonymous),
      'User-Roles': caller.roles.filter((role) => LISTABLE.test(role)).join(','),
      'Session-Id': caller.sessionId,
      'Session-Amr': caller.amr.join(' '),
      'Session-Authenticated-At': caller.authenticatedAt === undefined ? undefined : String(Math.floor(caller.authenticatedAt / 1_000)),
      ...given,
    })
  }

  return {
    /** Somebody who showed a session that is over. */
    invalid: named({ 'Session-Valid': 'false' }),
    /** A caller is remembered, and described once. */
    of(caller: Caller): Readonly<Record<string, string>> {
      let headers = made.get(caller)
      if (!headers) made.set(caller, (headers = describe(caller)))
      return headers
    },
  }
}
