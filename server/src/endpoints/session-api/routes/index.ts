import type { Route } from '../route.ts'
import * as account from './account.ts'
import { cancelAccountDeletion } from './account-deletion.ts'
import * as phones from './account-phones.ts'
import * as emails from './account-emails.ts'
import { exportAccount } from './account-export.ts'
import { deletePicture, putPicture } from './account-picture.ts'
import { getProfile, patchProfile } from './account-profile.ts'
import * as factors from './account-second-factors.ts'
import { followAuthenticationFlow } from '../authentication-flows/events.ts'
import { createAuthenticationFlow, getAuthenticationFlow, inputAuthenticationFlow } from './authentication-flows.ts'
import { listApplications, removeApplication } from './applications.ts'
import { answerDeviceAuthorization, lookUpDeviceAuthorization } from './device-authorizations.ts'
import { getCsrf } from './csrf.ts'
import { beginPasskeyLogin, login, loginWithPasskey } from './login.ts'
import * as passkeys from './passkeys.ts'
import { changePasswordAtLogin } from './password-change.ts'
import { passwordResetChallenge, resendChallenge, verifyPasswordResetChallenge } from './password-reset.ts'
import { beginPasskeyReauthentication, checkReauthentication, reauthenticateWithPasskey, reauthenticateWithPassword } from './reauthenticate.ts'
import { beginPromptedPasskey, beginSecondFactorPasskey, sendReauthenticationCode, sendSecondFactorCode } from './second-factor-requests.ts'
import { proveSecondFactor, reauthenticateWithSecondFactor } from './second-factor.ts'
import { logout, refreshSession, refreshTokens } from './sessions.ts'
import { endSessionsAtLogin } from './session-limit.ts'
import { signupWithInvitation } from './signup-invitation.ts'
import { signupAnonymously } from './anonymous-signup.ts'
import { signupChallenge, signupDirect, verifySignupChallenge } from './signup.ts'
import { getCapabilities, getUser } from './user.ts'

/** Every operation below `/api/v1`: what is not in this list does not exist, and the OpenAPI document is made of it. */
export const ROUTES: readonly Route[] = [
  getCsrf,
  login,
  proveSecondFactor,
  changePasswordAtLogin,
  sendSecondFactorCode,
  beginSecondFactorPasskey,
  beginPromptedPasskey,
  beginPasskeyLogin,
  loginWithPasskey,
  endSessionsAtLogin,
  signupWithInvitation,
  cancelAccountDeletion,
  signupAnonymously,
  signupDirect,
  signupChallenge,
  verifySignupChallenge,
  passwordResetChallenge,
  verifyPasswordResetChallenge,
  resendChallenge,
  createAuthenticationFlow,
  inputAuthenticationFlow,
  getAuthenticationFlow,
  followAuthenticationFlow,
  logout,
  refreshSession,
  refreshTokens,
  getUser,
  getCapabilities,
  account.getAccount,
  account.deleteAccount,
  exportAccount,
  getProfile,
  patchProfile,
  putPicture,
  deletePicture,
  account.patchUsername,
  account.putPassword,
  account.postPassword,
  account.requestEmailChange,
  account.verifyEmailChange,
  emails.listEmails,
  emails.requestEmail,
  emails.verifyEmail,
  emails.makeEmailPrimary,
  emails.removeEmail,
  phones.listPhones,
  phones.requestPhone,
  phones.resendPhoneCode,
  phones.verifyPhone,
  phones.removePhone,
  listApplications,
  removeApplication,
  lookUpDeviceAuthorization,
  answerDeviceAuthorization,
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
  sendReauthenticationCode,
]
