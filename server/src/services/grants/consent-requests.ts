import type { Kysely } from 'kysely'
import type { OAuthClientId } from '../../domain/ids.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { Database } from '../../persistence/index.ts'
import { findConsent } from '../../persistence/queries/oauth-consent.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Events } from '../events/index.ts'
import type { AskedPerson, ConsentAnswer, ConsentRequests } from './consent-request-types.ts'
import { giveConsent } from './give-consent.ts'
import type { Interaction, WaitingInteraction } from './waiting-interaction.ts'
import { findWaiting, letGoOn, withoutSession } from './waiting-interaction.ts'

/** What the provider finds when the browser comes back (`result` of its interactions); RFC 6749 section 4.1.2.1 has the error. */
const RESULTS = {
  allow: { consent: {} },
  refuse: { error: 'access_denied', error_description: 'the person refused' },
} as const

export function createConsentRequests({ database, clock, events }: { database: Database; clock: Clock; events: Events }): ConsentRequests {
  async function load(db: Kysely<Schema>, uid: string, person: AskedPerson): Promise<WaitingInteraction | undefined> {
    const found = await findWaiting(db, person.tenantId, uid, clock.now())
    return found?.interaction.prompt.name === 'consent' && found.interaction.session?.uid === person.sessionId ? found : undefined
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
        if (!found || !(await letGoOn(tx, found, answered(found.interaction, answer), clock.now()))) return fail('request_over')
        const { interaction } = found
        const { tenantId, userId } = person
        const clientId = interaction.params.client_id as OAuthClientId
        const scopes = interaction.prompt.details.asked_scopes ?? []
        if (answer === 'allow') await giveConsent(tx, { events, at: clock.now() }, { tenantId, userId }, clientId, scopes)
        return succeed({ resumePath: new URL(interaction.returnTo).pathname })
      }),
  }
}

function answered(interaction: Interaction, answer: ConsentAnswer): object {
  return answer === 'other_account' ? withoutSession(interaction) : { ...interaction, result: RESULTS[answer] }
}
