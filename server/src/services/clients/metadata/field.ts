import type { OAuthClientType } from '../../../domain/oauth-client.ts'
import type { ClientMetadata } from './client-metadata.ts'

/** One problem a line: where it is and what is wrong. */
export type ClientProblems = readonly string[]

/** What is true of the installation rather than of the client. */
export interface ClientSurroundings {
  /** Redirects to http://localhost: in development alone. */
  readonly allowsLocalhost: boolean
  readonly issuer: string
  /** `OUTBOUND_INTERNAL_HOSTS`, lower case. */
  readonly internalHosts: readonly string[]
  /** Those of them that a client of nobody here may not name: what is behind them trusts this server. */
  readonly forbiddenHosts?: readonly string[]
  /** What the proxy in front tells of clients' certificates (RFC 8705): nothing, which they are, or whether it verified them too. */
  readonly clientCertificates: 'none' | 'read' | 'verified'
}

export interface FieldContext extends ClientSurroundings {
  readonly type: OAuthClientType
  /** Everything declared, not checked. */
  readonly declared: Readonly<Record<string, unknown>>
}

/** Tells what is wrong with the field, or with the part of it that `path` leads to. */
export type Complain = (message: string, ...path: readonly (string | number)[]) => void

/** Tells what is wrong with a field beside others. */
export type ComplainOf = (field: keyof ClientMetadata, message: string) => void

export interface Field {
  readonly check: (value: unknown, complain: Complain, context: FieldContext) => void
  /** Says something about people who sign in, so that a machine has none of it. */
  readonly isAboutPeople?: true
}
