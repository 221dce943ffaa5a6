import { createHmac } from 'node:crypto'
import type { UserId } from '../../domain/ids.ts'
import type { Random } from '../../platform/random.ts'
import { newSecret } from '../../platform/random.ts'
import type { RegisteredClient } from '../clients/index.ts'
import type { Secrets } from '../secrets/index.ts'

export interface Subjects {
  /**
   * `sub` of the user in whatever this client is told of them: ID tokens, access tokens, UserInfo, introspection, logout tokens. The
   * user's id, or for a pairwise client what nobody outside of its sector knows them by.
   */
  subjectFor(userId: UserId, client: Pick<RegisteredClient, 'metadata'>): Promise<string>
}

/** Kept sealed, and never made anew: with another one every pairwise client would meet everybody as a stranger. */
const SECRET_NAME = 'pairwise_subjects'

export function createSubjects({ secrets, random }: { secrets: Pick<Secrets, 'own'>; random: Random }): Subjects {
  let secret: Promise<string> | undefined

  function read(): Promise<string> {
    secret ??= secrets.own(SECRET_NAME, () => newSecret(random)).catch((error: unknown) => {
      secret = undefined
      throw error
    })
    return secret
  }

  return {
    async subjectFor(userId, { metadata }) {
      if (metadata.subject_type === 'public') return userId
      // Section 8.1: one way, the same for all clients of the sector, and not to be had without the secret.
      return createHmac('sha256', await read()).update(JSON.stringify([sectorOf(metadata), userId])).digest('base64url')
    },
  }
}

/** Sector Identifier: a host (section 8.1). That there is one, and one alone, is checked when the client is registered. */
function sectorOf({ sector_identifier_uri: sector, redirect_uris: [redirect], jwks_uri: keys }: RegisteredClient['metadata']): string {
  const uri = sector ?? redirect ?? keys
  if (uri === undefined) throw new TypeError('a pairwise client has no sector identifier')
  return new URL(uri).host
}
