import { addParameters } from '../../domain/add-parameters.ts'
import type { SessionId } from '../../domain/ids.ts'
import type { Database } from '../../persistence/index.ts'
import { listClientsOfSession } from '../../persistence/queries/client-session.ts'

export interface Frontchannel {
  /** What a page has to show in frames when the session ends, an address a client; to be asked before it does. */
  framesOf(sessionId: SessionId): Promise<string[]>
}

export function createFrontchannel({ database, issuer }: { database: Database; issuer: string }): Frontchannel {
  return {
    async framesOf(sessionId) {
      return (await listClientsOfSession(database.read, sessionId)).flatMap(({ sid, metadata }) => {
        const { frontchannel_logout_uri: uri } = JSON.parse(metadata ?? '{}') as { frontchannel_logout_uri?: string }
        // Section 3 of Front-Channel Logout 1.0: one of the two parameters is never there without the other.
        return uri === undefined ? [] : [addParameters(uri, { iss: issuer, sid })]
      })
    },
  }
}
