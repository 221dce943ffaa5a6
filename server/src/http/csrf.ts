import { equalInConstantTime, sha256 } from '../platform/digest.ts'
import type { Random } from '../platform/random.ts'
import type { Sealer } from '../platform/sealing.ts'

/**
 * Signed double submit: the token sits in a cookie and comes back in a header or form field; its signature covers the
 * session it was made for, so that neither a planted cookie nor another session's token passes.
 */
export interface Csrf {
  issue(sessionId: string | undefined): string
  /** True when the cookie holds a token made here for this session (or for nobody, while nobody is signed in). */
  isCurrent(token: string | undefined, sessionId: string | undefined): boolean
  /** Compares what was sent back with the cookie, and the cookie with the session. */
  isValid(cookie: string | undefined, submitted: string | undefined, sessionId: string | undefined): boolean
  /** What ties a flow to the browser that began it. */
  bindingOf(cookie: string | undefined): string
}

const MAC_PURPOSE = 'csrf'
const ANONYMOUS = '-'

export function createCsrf({ sealer, random }: { sealer: Sealer; random: Random }): Csrf {
  const subjectOf = (sessionId: string | undefined) => (sessionId === undefined ? ANONYMOUS : sha256(sessionId).slice(0, 22))

  function subjectIn(token: string | undefined): string | undefined {
    const [nonce, subject, mac, ...rest] = token?.split('.') ?? []
    if (!nonce || !subject || !mac || rest.length > 0) return undefined
    return sealer.hasMac(MAC_PURPOSE, `${nonce}.${subject}`, mac) ? subject : undefined
  }

  return {
    issue(sessionId) {
      const text = `${Buffer.from(random.bytes(24)).toString('base64url')}.${subjectOf(sessionId)}`
      return `${text}.${sealer.mac(MAC_PURPOSE, text)}`
    },
    isCurrent: (token, sessionId) => subjectIn(token) === subjectOf(sessionId),
    isValid(cookie, submitted, sessionId) {
      if (!cookie || !submitted || !equalInConstantTime(cookie, submitted)) return false
      const subject = subjectIn(cookie)
      // While the access token is being renewed the session is not known here; then any token of ours will do.
      return subject !== undefined && (sessionId === undefined || subject === subjectOf(sessionId))
    },
    bindingOf: (cookie) => sha256(`binding:${cookie?.split('.')[0] ?? ''}`),
  }
}
