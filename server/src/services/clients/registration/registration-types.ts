import type { Requester } from '../../../domain/requester.ts'
import type { Result } from '../../../domain/result.ts'
import type { ClientRegistrationRules } from '../../settings/index.ts'
import type { RegisteredClient } from '../registered-client.ts'
import type { MetadataProblem } from './read-registration.ts'
import type { RegistrationTokens } from './registration-tokens.ts'

/** Codes of RFC 7591 section 3.2.2 and RFC 6750 section 3.1, and two of ours for what those do not know. */
export type RegistrationFailure =
  | MetadataProblem
  | { readonly code: 'invalid_software_statement' | 'unapproved_software_statement' | 'invalid_token' | 'limit_reached'; readonly message: string }
  | { readonly code: 'rate_limited'; readonly message: string; readonly retryAfterSeconds: number }

export interface Registered {
  readonly client: RegisteredClient
  /** A new one, shown this once: only its hash is kept. */
  readonly secret: string | undefined
  /** By which it is managed (RFC 7592). */
  readonly accessToken: string
}

export interface Registrations {
  /** Initial access tokens. */
  readonly tokens: RegistrationTokens
  policy(): Promise<ClientRegistrationRules['policy']>
  /** `body`: what came as JSON, unchecked. The policy must not be `off`. */
  register(body: unknown, by: { requester: Requester; initialAccessToken: string | undefined }): Promise<Result<Registered, RegistrationFailure>>
  read(clientId: string, token: string | undefined): Promise<Result<Registered, RegistrationFailure>>
  /** All its metadata anew, under another registration access token: of parallel calls with the same one, one wins. */
  replace(clientId: string, token: string | undefined, body: unknown): Promise<Result<Registered, RegistrationFailure>>
  /** With everything that it was given. */
  remove(clientId: string, token: string | undefined): Promise<Result<undefined, RegistrationFailure>>
  /** Deletes clients that are used no more, and tokens that are long over. */
  purge(): Promise<void>
}
