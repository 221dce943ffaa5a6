/**
 * Owns: the HTML of every page, as pure functions from a typed model to a document, and every sentence on it.
 * Does not own: parsing, cookies, status codes, the static files' delivery (the handlers beside this folder).
 */
export { deviceText } from './device-text.ts'
export { renderDeleteAccount, type DeleteAccountModel } from './delete-account.ts'
export { renderPhoneAddCode, type PhoneAddCodeModel } from './phone-add-code.ts'
export { renderEmailChangeCode, type EmailChangeCodeModel } from './email-change-code.ts'
export { failureText, passwordProblemText } from './failure-text.ts'
export { renderFirstAdmin } from './first-admin.ts'
export type { Banner, Frame, ScreenForm } from './frame.ts'
export { renderLogout } from './logout.ts'
export { renderMailbox, type MailboxEntry, type MailboxModel } from './mailbox.ts'
export { renderDetails, type DetailsModel } from './settings/details.ts'
export { renderRecoveryCodes, type RecoveryCodesModel } from './recovery-codes.ts'
export { renderAddTotp, type AddTotpModel } from './settings/add-totp.ts'
export { renderPreview } from './preview.ts'
export { renderMessage, type MessageModel } from './message.ts'
export type { Intent } from './parts/buttons.ts'
export { PROFILE_FIELD_PREFIX } from './screens/fill-in-user-profile.ts'
export { renderScreen } from './screens/render-screen.ts'
export { renderSettings } from './settings/render-settings.ts'
export type { SettingsField, SettingsModel, SettingsSession } from './settings/settings-model.ts'
