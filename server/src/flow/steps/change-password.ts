import { rulesToShow } from '../../domain/password-rules.ts'
import { acceptNewPassword } from './new-password.ts'
import type { Step } from './step.ts'

/**
 * A password that was right and may not stay: asked after the second factor, so that whoever has one has shown
 * it first. Whoever signs in by anything else is not asked.
 */
export const changePassword: Step = {
  isDone: (state) => !state.passwordChange || state.newPasswordHash !== null,
  ask: (state, policy, failure) => ({
    screen: {
      screen: 'change_password',
      flow: state.type,
      reason: state.passwordChange ?? 'required',
      displayIdentifier: state.identified?.display ?? '',
      passwordRules: rulesToShow(policy.password),
      failure,
    },
  }),
  accept: acceptNewPassword,
}
