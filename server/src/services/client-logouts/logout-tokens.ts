import type { UserId } from '../../domain/ids.ts'
import type { LogoutNotice } from '../../domain/logout-notice.ts'
import type { LogoutOutcome } from '../../outbound/logout/post-logout-token.ts'
import { postLogoutToken } from '../../outbound/logout/post-logout-token.ts'
import type { Clock } from '../../platform/clock.ts'
import type { GuardedFetch } from '../../platform/guarded-fetch.ts'
import type { Random } from '../../platform/random.ts'
import { newId } from '../../platform/random.ts'
import { ACCESS_TOKEN_ALGORITHM } from '../../protocols/access-token.ts'
import { signLogoutToken } from '../../protocols/logout-token.ts'
import type { Clients, RegisteredClient } from '../clients/index.ts'
import type { Keys } from '../keys/index.ts'
import { LOGOUT_TOKEN_TTL_SECONDS } from './lifetimes.ts'

export interface LogoutTokens {
  /** One attempt to tell the client; whoever calls tries again. A client that is gone, or wants to be told no more, was told. */
  deliver(notice: LogoutNotice): Promise<LogoutOutcome>
}

export function createLogoutTokens(deps: {
  clients: Pick<Clients, 'find'>
  keys: Pick<Keys, 'signerFor'>
  guardedFetch: GuardedFetch
  clock: Clock
  random: Random
  issuer: string
  subjectFor: (client: RegisteredClient, userId: UserId) => string
}): LogoutTokens {
  const { clients, keys, guardedFetch, clock, random, issuer, subjectFor } = deps

  return {
    async deliver({ clientId, userId, sid }) {
      const client = await clients.find(clientId)
      const uri = client?.metadata.backchannel_logout_uri
      if (!client || uri === undefined) return { outcome: 'delivered' }
      // Section 2.4: signed as the client's ID tokens are.
      const alg = client.metadata.id_token_signed_response_alg ?? ACCESS_TOKEN_ALGORITHM
      const key = await keys.signerFor(alg)
      if (!key) return { outcome: 'failed', isPermanent: false, reason: `there is no key for ${alg}` }
      const iat = Math.floor(clock.now() / 1_000)
      // A `jti` for each attempt: a client that noted the first one and then failed would take the second one for a replay.
      const claims = { iss: issuer, sub: subjectFor(client, userId), aud: clientId, iat, exp: iat + LOGOUT_TOKEN_TTL_SECONDS, jti: newId(clock, random), sid }
      return postLogoutToken(guardedFetch, uri, await signLogoutToken(claims, { alg, ...key }))
    },
  }
}
