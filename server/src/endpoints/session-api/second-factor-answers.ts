import type { Refusal } from '../../http/error-codes.ts'
import { refuse } from '../../http/error-codes.ts'
import { totpUri } from '../../protocols/totp.ts'
import type { FlowAnswer } from '../../services/flows/index.ts'
import type { SecondFactorFailure } from '../../services/second-factors/index.ts'
import type { Actor } from '../../services/sessions/index.ts'
import { isSecondFactor, SECOND_FACTOR_NAMES } from './factor-names.ts'
import { refuseField } from './flow-answers.ts'
import { requireRecentAuthentication } from './reauthentication.ts'
import type { SessionApiDeps } from './route.ts'
import { iso } from './shapes.ts'

/** The proof was right and something more is asked for: where and with what to go on. Undefined for other screens, and for one whose proof was wrong. */
export function refuseForSecondFactor(deps: SessionApiDeps, { screen, stateToken, expiresAt }: Extract<FlowAnswer, { kind: 'screen' }>): Refusal | undefined {
  if (screen.failure !== null) return undefined
  const challenge = { authentication_challenge: { id: stateToken, expires_at: iso(expiresAt) } }
  switch (screen.screen) {
    case 'authenticate_second_factor': {
      const authentications = screen.authentications.map((one) => SECOND_FACTOR_NAMES[one])
      return refuse('second_factor_required', { details: { ...challenge, second_factor: { authentications } } })
    }
    case 'set_up_totp': {
      const uri = totpUri(screen.key, { issuer: deps.brandName, account: screen.displayIdentifier })
      return refuse('second_factor_required', { details: { ...challenge, second_factor: { authentications: ['totp'], totp_key: screen.key, totp_uri: uri } } })
    }
    case 'enter_one_time_code': {
      const { authentication, alternatives, maskedDestination } = screen
      if (authentication === null || !isSecondFactor(authentication)) return undefined
      const authentications = [authentication, ...alternatives].map((one) => SECOND_FACTOR_NAMES[one])
      return refuse('second_factor_required', { details: { ...challenge, second_factor: { authentications, code_sent: true, masked_destination: maskedDestination } } })
    }
    case 'account_deletion_scheduled':
      return refuse('account_deletion_scheduled', { details: { ...challenge, account_deletion: { delete_at: iso(screen.deleteAt) } } })
    case 'identify':
    case 'authenticate':
    case 'select_channel':
    case 'select_destination':
    case 'new_password':
    case 'fill_in_user_profile':
    case 'change_password':
    case 'terminate_other_sessions':
    case 'view_recovery_code':
    case 'prompt_create_passkey':
      return undefined
  }
}

/** The JSON rendering of what a change of second factors may be refused for. */
export async function refuseFactorChange(deps: SessionApiDeps, actor: Actor, failure: SecondFactorFailure): Promise<Refusal> {
  switch (failure.code) {
    case 'recent_authentication_required':
      return requireRecentAuthentication(deps, actor)
    case 'second_factors_off':
      return refuse('forbidden')
    case 'too_many_authenticators':
    case 'last_required_factor':
    case 'not_found':
      return refuse(failure.code)
    case 'set_up_expired':
      return refuseField('set_up', 'set_up_expired', 'The key was shown too long ago or in another session; begin again.')
    case 'wrong_code':
      return refuseField('code', 'wrong_code', 'The code is not right.')
    case 'rate_limited':
      return refuse('rate_limited', { retryAfterSeconds: failure.retryAfterSeconds })
  }
}
