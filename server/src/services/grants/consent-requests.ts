import type { Kysely } from 'kysely'
import type { OAuthClientId, SessionId, TenantId, UserId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { Database } from '../../persistence/index.ts'
import type { FoundArtifact } from '../../persistence/queries/oauth-artifact.ts'
import { consumeArtifact, findArtifact, updateArtifact } from '../../persistence/queries/oauth-artifact.ts'
import { findConsent } from '../../persistence/queries/oauth-consent.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Events } from '../events/index.ts'
import { keyOf } from './artifact-key.ts'
import { giveConsent } from './give-consent.ts'
import type { Payload } from './grant-types.ts'

/** Who is asked: a request belongs to one session. */
export interface AskedPerson {
  readonly tenantId: TenantId
  readonly userId: UserId
  readonly sessionId: SessionId
}

export interface ConsentRequest {
  readonly clientId: OAuthClientId
  /** Everything that the client asks for. */
  readonly scopes: readonly string[]
  /** Of it, what was not agreed to before. */
  readonly newScopes: ReadonlySet<string>
  /** Where the person goes with the answer. */
  readonly redirectUri: string
}

/** `other_account`: whoever signs in next is asked instead. */
export type ConsentAnswer = 'allow' | 'refuse' | 'other_account'

export interface ConsentRequests {
  /** Undefined also for one that is over, was answered, or is somebody else's. */
  pendingRequest(uid: string, person: AskedPerson): Promise<ConsentRequest | undefined>
  /** Answers once; where the browser goes on, a path. */
  answerRequest(uid: string, person: AskedPerson, answer: ConsentAnswer): Promise<Result<{ readonly resumePath: string }, 'request_over'>>
}

/** What the provider keeps of a request that waits for a person, as far as it matters here. */
interface Interaction {
  readonly returnTo: string
  readonly prompt: { readonly name: string; readonly details: { readonly asked_scopes?: readonly string[] } }
  readonly params: { readonly client_id: string; readonly redirect_uri: string }
  readonly session?: { readonly uid?: string }
}

/** What the provider finds when the browser comes back (`result` of its interactions); RFC 6749 section 4.1.2.1 has the error. */
const RESULTS = {
  allow: { consent: {} },
  refuse: { error: 'access_denied', error_description: 'the person refused' },
} as const

export function createConsentRequests({ database, clock, events }: { database: Database; clock: Clock; events: Events }): ConsentRequests {
  async function load(db: Kysely<Schema>, uid: string, person: AskedPerson): Promise<{ row: FoundArtifact; interaction: Interaction } | undefined> {
    const row = await findArtifact(db, keyOf('interaction', uid))
    if (!row || row.tenant_id !== person.tenantId || row.consumed_at !== null || row.expires_at <= clock.now()) return undefined
    const interaction = JSON.parse(row.payload) as Interaction
    return interaction.prompt.name === 'consent' && interaction.session?.uid === person.sessionId ? { row, interaction } : undefined
  }

  return {
    async pendingRequest(uid, person) {
      const found = await load(database.read, uid, person)
      if (!found) return undefined
      const { prompt, params } = found.interaction
      const clientId = params.client_id as OAuthClientId
      const agreed = new Set((await findConsent(database.read, person.userId, clientId))?.scope.split(' '))
      const scopes = prompt.details.asked_scopes ?? []
      return { clientId, scopes, newScopes: new Set(scopes.filter((scope) => !agreed.has(scope))), redirectUri: params.redirect_uri }
    },

    answerRequest: (uid, person, answer) =>
      database.transaction(async (tx) => {
        const found = await load(tx, uid, person)
        if (!found || !(await consumeArtifact(tx, found.row.key, clock.now()))) return fail('request_over')
        const { row, interaction } = found
        const { expires_at, grant_id, session_id, outlives_session } = row
        await updateArtifact(tx, row.key, { payload: JSON.stringify(answered(interaction, answer)), expires_at, grant_id, session_id, outlives_session })
        const { tenantId, userId } = person
        const clientId = interaction.params.client_id as OAuthClientId
        const scopes = interaction.prompt.details.asked_scopes ?? []
        if (answer === 'allow') await giveConsent(tx, { events, at: clock.now() }, { tenantId, userId }, clientId, scopes)
        return succeed({ resumePath: new URL(interaction.returnTo).pathname })
      }),
  }
}

function answered(interaction: Interaction, answer: ConsentAnswer): Payload {
  if (answer !== 'other_account') return { ...interaction, result: RESULTS[answer] }
  // As though nobody had been signed in when it arrived: the provider then takes whoever comes back.
  const { session: _session, ...others } = interaction
  return others
}
