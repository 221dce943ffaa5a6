import type { PasskeyRecord } from '../../persistence/queries/authenticator-passkey.ts'

/** What a ceremony says of a credential it asks for or rules out. */
export function describeCredential(passkey: PasskeyRecord): { credentialId: string; transports: string[] } {
  return { credentialId: passkey.credential_id, transports: passkey.transports.split(' ').filter((one) => one !== '') }
}
