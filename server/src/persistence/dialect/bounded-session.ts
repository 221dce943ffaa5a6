import { toDatabaseUnavailable } from '../failures.ts'
import type { Session } from './guarded-connection.ts'

/**
 * A server that stopped without closing its connections (frozen machine, cut network) answers nothing, not even an
 * error. Longer than any statement may take, so that the server's own limit speaks first where it has one.
 */
export const ANSWER_WAIT_MILLISECONDS = 35_000

/** Gives up, and closes the connection, when an answer takes longer than ANSWER_WAIT_MILLISECONDS. */
export function boundSession(session: Session): Session {
  return {
    get alive() {
      return session.alive
    },
    async run(sql, parameters) {
      const late = Promise.withResolvers<never>()
      const timer = setTimeout(() => {
        late.reject(toDatabaseUnavailable('the server does not answer'))
        void session.close().catch(() => {})
      }, ANSWER_WAIT_MILLISECONDS)
      try {
        return await Promise.race([session.run(sql, parameters), late.promise])
      } finally {
        clearTimeout(timer)
      }
    },
    close: () => session.close(),
  }
}
