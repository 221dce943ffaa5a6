import type { Refusal } from '../../http/error-codes.ts'
import { refuse } from '../../http/error-codes.ts'
import type { PasskeyFailure } from '../../services/passkeys/index.ts'
import type { Actor } from '../../services/sessions/index.ts'
import { refuseField } from './flow-answers.ts'
import { requireRecentAuthentication } from './reauthentication.ts'
import type { SessionApiDeps } from './route.ts'

/** The JSON rendering of what an operation on one's own passkeys may be refused for. */
export async function refusePasskey(deps: SessionApiDeps, actor: Actor, failure: PasskeyFailure): Promise<Refusal> {
  switch (failure.code) {
    case 'recent_authentication_required':
      return requireRecentAuthentication(deps, actor)
    case 'passkey_already_registered':
    case 'passkey_limit_reached':
    case 'last_authenticator':
    case 'last_required_factor':
    case 'not_found':
      return refuse(failure.code)
    case 'invalid_passkey':
      return refuseField('credential', 'invalid_passkey', 'The answer of the authenticator was not accepted; begin again.')
    case 'invalid_passkey_name':
      return refuseField('name', 'invalid_passkey_name', 'Use 1 to 100 characters, no control characters.')
    case 'rate_limited':
      return refuse('rate_limited', { retryAfterSeconds: failure.retryAfterSeconds })
  }
}
