/** What the OAuth endpoints issue and take back. One is never taken for another. */
export const ARTIFACT_KINDS = [
  'authorization_code',
  'access_token',
  'refresh_token',
  'exchanged_token',
  'client_credentials',
  'device_code',
  'interaction',
  'pushed_authorization_request',
  'initial_access_token',
  'registration_access_token',
] as const
export type ArtifactKind = (typeof ARTIFACT_KINDS)[number]
