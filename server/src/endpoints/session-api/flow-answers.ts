import type { PasswordProblem } from '../../domain/password-rules.ts'
import type { ScreenFailure } from '../../flow/index.ts'
import type { FieldProblem, Refusal } from '../../http/error-codes.ts'
import { refuse } from '../../http/error-codes.ts'
import { refuseAttributes } from './profile-shapes.ts'
import { RESEND_PAUSE_MS } from '../../services/codes/index.ts'
import type { FlowRefusal } from '../../services/flows/index.ts'

/** The JSON rendering of a screen's failure. */
export function refuseScreenFailure(failure: ScreenFailure, fields: { identifier: string; password: string; profile?: string }): Refusal {
  switch (failure.code) {
    case 'invalid_credentials':
    case 'passkey_refused':
      return refuse('unauthorized')
    case 'invalid_identifier':
      return refuseField(fields.identifier, 'invalid_identifier', 'This is not an email address, username or number we can use.')
    case 'address_not_allowed':
      return refuseField(fields.identifier, 'address_not_allowed', 'Accounts are for other addresses than this one.')
    case 'invalid_invitation':
      return refuseInvitation()
    case 'invited_has_account':
      return refuseField('invitation', 'has_account', 'The address has an account already; sign in.')
    case 'wrong_code':
      return refuseField('code', 'wrong_code', 'The code is not right.')
    case 'code_exhausted':
      return refuseField('code', 'code_exhausted', 'The code is used up or too old; ask for a new one.')
    case 'resend_too_soon':
      return refuse('rate_limited', { retryAfterSeconds: RESEND_PAUSE_MS / 1_000 })
    case 'unacceptable_profile':
      return refuseAttributes(failure.faults, fields.profile ?? 'profile')
    case 'unacceptable_password':
      return refuse('invalid_request', { details: { fields: failure.problems.map((code) => passwordProblem(fields.password, code, failure.minimumLength)) } })
  }
}

export function refuseFlow(refusal: FlowRefusal, retryAfterSeconds: number | undefined): Refusal {
  switch (refusal) {
    case 'invalid_state':
      return refuseField('challenge_id', 'invalid_challenge', 'The challenge is unknown, used or too old; begin again.')
    case 'unexpected_input':
      return refuse('invalid_request')
    case 'passkey_required':
      return refuse('second_factor_required', { details: { second_factor: { authentications: ['passkey'] } } })
    case 'password_required':
      return refuse('second_factor_required', { details: { second_factor: { authentications: ['password'] } } })
    case 'factor_not_offered':
      return refuse('second_factor_required', { details: { second_factor: { authentications: [] } } })
    case 'unknown_flow':
      return refuse('not_found')
    case 'account_disabled':
    case 'signup_closed':
      return refuse('forbidden')
    case 'invalid_invitation':
      return refuseInvitation()
    case 'too_many_sessions':
      return refuse('session_limit_reached')
    case 'identifier_taken':
      return refuseField('email', 'unusable_email', 'This address cannot be used for a new account.')
    case 'country_not_allowed':
      return refuseField('identifier', 'country_not_allowed', 'Numbers of this country are not written to.')
    case 'rate_limited':
      return refuse('rate_limited', { retryAfterSeconds: retryAfterSeconds ?? 60 })
  }
}

function refuseInvitation(): Refusal {
  return refuseField('invitation', 'invalid_invitation', 'The invitation was used, taken back, is too old, or is none.')
}

export function refuseField(field: string, code: string, message: string): Refusal {
  return refuse('invalid_request', { details: { fields: [{ field, code, message }] } })
}

export function passwordProblem(field: string, code: PasswordProblem, minimumLength: number): FieldProblem {
  const messages: Record<PasswordProblem, string> = {
    too_short: `Use at least ${minimumLength} characters.`,
    too_long: 'Use at most 128 characters.',
    too_common: 'This password is among the first that anybody would try.',
    contains_identifier: 'This password is too close to your name or address.',
    blocked_word: 'This password is little more than a word that everybody here would try.',
    breached: 'This password is known from a theft elsewhere.',
    used_before: 'This password was used before.',
    breach_check_unavailable: 'The password cannot be checked just now; try again in a minute.',
    not_text: 'The password holds characters that cannot be typed.',
  }
  return { field, code, message: messages[code] }
}
