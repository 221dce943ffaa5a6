/**
 * Owns: credentials of other people's services, sealed, by name. Does not own: which of them the settings name, or what
 * they are sent to. Nothing here gives a value to a person: whoever lost one sets it anew.
 */
export { createSecrets, SECRET_NAME } from './secrets.ts'
export type { ListedSecret, Secrets } from './secrets.ts'
