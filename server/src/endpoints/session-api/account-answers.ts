import type { Refusal } from '../../http/error-codes.ts'
import { refuse } from '../../http/error-codes.ts'
import type { AccountFailure } from '../../services/accounts/index.ts'
import type { Actor } from '../../services/sessions/index.ts'
import { passwordProblem, refuseField } from './flow-answers.ts'
import { requireRecentAuthentication } from './reauthentication.ts'
import type { SessionApiDeps } from './route.ts'

/** The JSON rendering of what an account operation may be refused for. */
export async function refuseAccount(deps: SessionApiDeps, actor: Actor, failure: AccountFailure, passwordField = 'new_password'): Promise<Refusal> {
  switch (failure.code) {
    case 'recent_authentication_required':
      return requireRecentAuthentication(deps, actor)
    case 'invalid_credentials':
      return refuseField('current_password', 'invalid_credentials', 'This is not the current password.')
    case 'unacceptable_password':
      return refuse('invalid_request', { details: { fields: failure.problems.map((code) => passwordProblem(passwordField, code, failure.minimumLength)) } })
    case 'password_already_exists':
    case 'username_taken':
    case 'last_active_admin':
    case 'last_email':
    case 'email_limit_reached':
    case 'not_found':
      return refuse(failure.code)
    case 'deletion_not_offered':
      return refuse('forbidden')
    case 'invalid_username':
      return refuseField('username', 'invalid_username', 'Use 3 to 30 letters, digits, hyphens or underscores.')
    case 'invalid_email':
      return refuseField('new_email', 'invalid_email', 'This address cannot be used.')
    case 'invalid_display_name':
      return refuseField('display_name', 'invalid_display_name', 'Use up to 100 characters, no control characters.')
    case 'wrong_code':
      return refuseField('code', 'wrong_code', 'The code is not right.')
    case 'code_exhausted':
      return refuseField('code', 'code_exhausted', 'The code is used up or too old; ask for a new one.')
    case 'rate_limited':
      return refuse('rate_limited', { retryAfterSeconds: failure.retryAfterSeconds })
  }
}
