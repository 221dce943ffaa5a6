import { acceptNewPassword, askForNewPassword } from './new-password.ts'
import type { Step } from './step.ts'

/** The password that replaces the forgotten one. */
export const resetPassword: Step = {
  isDone: (state) => state.newPasswordHash !== null,
  ask: askForNewPassword,
  accept: acceptNewPassword,
}
