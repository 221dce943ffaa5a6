import { acceptNewPassword, askForNewPassword } from './new-password.ts'
import type { Step } from './step.ts'

/** A new account's first authenticator: a password. */
export const createAuthenticator: Step = {
  isDone: (state) => state.newPasswordHash !== null,
  ask: askForNewPassword,
  accept: acceptNewPassword,
}
