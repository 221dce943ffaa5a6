/**
 * Owns: what a tenant decided about sign-up, sign-in, second factors and branding: declared as a file, validated, kept, in force in
 * every instance within a second. Does not own: what follows from it (flow), or what a deployment needs (app/config).
 */
export { createSettings } from './settings.ts'
export type { PlannedChange, Settings } from './settings.ts'
export type { ClientRegistrationRules } from './groups/client-registration.ts'
export type { LockoutRules } from './groups/lockout.ts'
export { attributesOf } from './groups/profile.ts'
export { listNamedSecrets } from './groups/messaging.ts'
export type { MessagingSettings, SenderSettings } from './groups/messaging.ts'
export type { SettingsFiles } from './declared-images.ts'
export { loadDeclaredReader } from './load-declared-reader.ts'
export { policyOf, SettingsDocument } from './document.ts'
export type { SettingsProblems } from './settings-text.ts'
export { listDifferences } from './differences.ts'
