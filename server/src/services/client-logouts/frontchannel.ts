import { addParameters } from '../../domain/add-parameters.ts'
import type { SessionId } from '../../domain/ids.ts'
import type { Database } from '../../persistence/index.ts'
import { listClientSessions } from '../../persistence/queries/oauth-grant.ts'
import type { Clients } from '../clients/index.ts'

export interface Frontchannel {
  /** What a page has to show in frames when the session ends, an address a client; to be asked before it does. */
  framesOf(sessionId: SessionId): Promise<string[]>
}

export function createFrontchannel({ database, clients, issuer }: { database: Database; clients: Pick<Clients, 'find'>; issuer: string }): Frontchannel {
  return {
    async framesOf(sessionId) {
      const frames: string[] = []
      for (const { client_id: clientId, sid } of await listClientSessions(database.read, sessionId)) {
        const uri = (await clients.find(clientId))?.metadata.frontchannel_logout_uri
        // Section 3 of Front-Channel Logout 1.0: one of the two parameters is never there without the other.
        if (uri !== undefined) frames.push(addParameters(uri, { iss: issuer, sid }))
      }
      return frames
    },
  }
}
