/** What is counted and spent while people sign up and sign in. Part of the one schema in ../schema.ts. */
import type { MessageChannel } from '../../domain/message.ts'
import type { AttemptKind } from '../../domain/attempt-kind.ts'
import type { ChallengeId, FlowId, InvitationId, SessionId, TenantId, UserId } from '../../domain/ids.ts'

/** An address that may sign up, by the secret that was mailed to it. */
export interface InvitationTable {
  id: InvitationId
  tenant_id: TenantId
  email_normalised: string
  email_display: string
  /** SHA-256 of the secret in the mailed link, base64url. */
  secret_hash: string
  /** Granted to the account that is made. */
  role: string | null
  created_at: number
  expires_at: number
  revoked_at: number | null
  accepted_at: number | null
  /** The account that was made; the row goes with it. */
  user_id: UserId | null
}

/** Wrong proofs in a row for one subject: an account or a stranger's identifier, from one known device, address or anywhere. */
export interface FailedAttemptsTable {
  /** Keyed hash of what is counted, base64url: people type passwords where a name is asked for. */
  subject: string
  tenant_id: TenantId
  /** Null for a stranger. */
  user_id: UserId | null
  kind: AttemptKind
  failures: number
  /** 0 while it was never locked. */
  locked_until: number
  /** From then on the row counts no more and may be purged. */
  forget_at: number
}

/** Known devices of the user that were given out before this instant are known no more. */
export interface KnownDeviceResetTable {
  user_id: UserId
  tenant_id: TenantId
  reset_at: number
}

export interface OneTimeCodeTable {
  id: ChallengeId
  tenant_id: TenantId
  purpose: 'signup' | 'login' | 'signup_login' | 'account_recovery' | 'reauth' | 'email_change' | 'phone_change' | 'second_factor'
  /** How it was sent. */
  channel: 'email' | MessageChannel
  /** Null when there is no account, or none yet. */
  user_id: UserId | null
  /** 1 for a row that behaves like any other and whose code was never made, so that a stranger learns nothing. */
  is_decoy: 0 | 1
  /** Set when only this session may use the code. */
  session_id: SessionId | null
  flow_id: FlowId | null
  /** Normalised address the code was sent to. */
  destination: string
  /** Keyed hash of the code, base64url; replaced by a resend. */
  code_hash: string
  /** Sealed flow state (or sealed pending change) that the right code continues. */
  continuation_sealed: string
  attempts: number
  sends: number
  last_sent_at: number
  code_expires_at: number
  expires_at: number
  consumed_at: number | null
  created_at: number
}

/** What may happen once only and has no row of its own: a flow's finish, the first-admin link. */
export interface SpentOnceTable {
  purpose: string
  key: string
  tenant_id: TenantId
  spent_at: number
  expires_at: number
}
