import type { Route } from '../route.ts'
import * as account from './account.ts'
import * as factors from './account-second-factors.ts'
import { createAuthenticationFlow, getAuthenticationFlow, inputAuthenticationFlow } from './authentication-flows.ts'
import { getCsrf } from './csrf.ts'
import { beginPasskeyLogin, login, loginWithPasskey } from './login.ts'
import * as passkeys from './passkeys.ts'
import { changePasswordAtLogin } from './password-change.ts'
import { passwordResetChallenge, resendChallenge, verifyPasswordResetChallenge } from './password-reset.ts'
import { beginPasskeyReauthentication, checkReauthentication, reauthenticateWithPasskey, reauthenticateWithPassword } from './reauthenticate.ts'
import { proveSecondFactor, reauthenticateWithSecondFactor } from './second-factor.ts'
import { logout, refreshSession, refreshTokens } from './sessions.ts'
import { signupChallenge, signupDirect, verifySignupChallenge } from './signup.ts'
import { getCapabilities, getUser } from './user.ts'

/** Every operation below `/api/v1`: what is not in this list does not exist, and the OpenAPI document is made of it. */
export const ROUTES: readonly Route[] = [
  getCsrf,
  login,
  proveSecondFactor,
  changePasswordAtLogin,
  beginPasskeyLogin,
  loginWithPasskey,
  signupDirect,
  signupChallenge,
  verifySignupChallenge,
  passwordResetChallenge,
  verifyPasswordResetChallenge,
  resendChallenge,
  createAuthenticationFlow,
  inputAuthenticationFlow,
  getAuthenticationFlow,
  logout,
  refreshSession,
  refreshTokens,
  getUser,
  getCapabilities,
  account.getAccount,
  account.deleteAccount,
  account.patchProfile,
  account.patchUsername,
  account.putPassword,
  account.postPassword,
  account.requestEmailChange,
  account.verifyEmailChange,
  account.endOtherSessions,
  account.endSession,
  factors.getSecondFactors,
  factors.beginTotp,
  factors.confirmTotp,
  factors.removeTotp,
  factors.makeRecoveryCodes,
  factors.forgetTrustedDevices,
  factors.forgetTrustedDevice,
  passkeys.listPasskeys,
  passkeys.beginPasskey,
  passkeys.createPasskey,
  passkeys.patchPasskey,
  passkeys.deletePasskey,
  checkReauthentication,
  reauthenticateWithPassword,
  beginPasskeyReauthentication,
  reauthenticateWithPasskey,
  reauthenticateWithSecondFactor,
]
