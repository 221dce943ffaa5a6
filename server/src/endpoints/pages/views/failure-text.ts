import { PASSWORD_MAX_LENGTH, type PasswordProblem } from '../../../domain/password-rules.ts'
import type { ScreenFailure } from '../../../flow/screen.ts'
import type { Say } from '../../../languages/index.ts'

/** What went wrong with a screen, and what to do, in a sentence. */
export function failureText(say: Say, failure: ScreenFailure): string {
  switch (failure.code) {
    case 'invalid_credentials':
    case 'passkey_refused':
    case 'invalid_identifier':
    case 'address_not_allowed':
    case 'invalid_invitation':
    case 'invited_has_account':
    case 'wrong_code':
    case 'code_exhausted':
    case 'resend_too_soon':
      return say(`failure.${failure.code}`)
    // Each fault stands at its field.
    case 'unacceptable_profile':
      return ''
    case 'unacceptable_password':
      return failure.problems.map((problem) => passwordProblemText(say, problem, failure.minimumLength)).join(' ')
  }
}

/** What is wrong with a new password, and what to do; `minimum` is the least length that policy takes. */
export function passwordProblemText(say: Say, problem: PasswordProblem, minimum: number): string {
  return say(`password.${problem}`, { minimum, maximum: PASSWORD_MAX_LENGTH })
}
