import type { FlowId, PasskeyId, SessionId, TenantId, UserId } from '../domain/ids.ts'

/** What a person sets out to do. */
export type FlowType = 'signup' | 'login' | 'reauth' | 'account_recovery'

/** `default` is generated from policy; `password_first` is the order of the JSON challenge routes. */
export type DefinitionName = 'default' | 'password_first'

/** `passkey`: whose credential it is tells who it is; nobody types a name. */
export type Identification = 'email' | 'username' | 'passkey'
export type Authentication = 'primary_password' | 'primary_oob_otp_email' | 'primary_passkey'
export type SecondaryAuthentication = 'secondary_totp' | 'recovery_code'

/** Authentication method references of RFC 8176. */
export type Amr = 'pwd' | 'otp' | 'hwk' | 'swk' | 'user' | 'mfa'

/** Who the person says they are, looked up. `userId` is null for a stranger, who walks the same screens in vain. */
export interface Identified {
  readonly identification: Identification
  readonly key: string
  readonly display: string
  readonly userId: UserId | null
  /** Where a code can be sent: the account's email, or for a stranger the one they typed (null for a username). */
  readonly email: string | null
  readonly emailDisplay: string | null
}

/** Where the second factor stands; null until it was looked up what the account has. */
export type SecondFactor = 'spared' | 'needed' | 'proven' | 'to_set_up' | 'set_up'

/** Too old for policy, or asked for by the operator. */
export type PasswordChange = 'expired' | 'required'

/**
 * One attempt, immutable: an input yields a new state and the older one stays usable until the flow finishes or expires.
 * It travels sealed, so it holds facts and never a plain secret; only a TOTP key that is being set up, which the page
 * shows anyway.
 */
export interface FlowState {
  readonly flowId: FlowId
  readonly type: FlowType
  readonly definition: DefinitionName
  readonly tenantId: TenantId
  /** Digest of what ties the flow to the browser or client that began it; checked before the engine is asked. */
  readonly binding: string
  readonly returnTo: string
  /** Instant, milliseconds UTC. */
  readonly expiresAt: number
  /** `reauth` proves again who owns this session. */
  readonly sessionId: SessionId | null
  readonly identified: Identified | null
  /** The authenticator picked where there is a choice. */
  readonly chosen: Authentication | null
  readonly amr: readonly Amr[]
  /** Which stored password was right. */
  readonly matchedPassword: string | null
  /** Why the password that was right has to be replaced before there is a session. */
  readonly passwordChange: PasswordChange | null
  /** Which passkey was asserted. */
  readonly passkeyId: PasskeyId | null
  readonly isAccountActive: boolean
  readonly secondFactor: SecondFactor | null
  /** What the account could prove itself by a second time, when that is needed. */
  readonly enrolledFactors: readonly SecondaryAuthentication[]
  /** Base32; becomes the account's when its first code is right. */
  readonly pendingTotpKey: string | null
  /** The time step of that first code. */
  readonly totpSetUpStep: number | null
  readonly wantsTrust: boolean
  /** Where the code of this flow was sent; set by the step that asked for it. */
  readonly codeDestination: string | null
  readonly isEmailProven: boolean
  /** PHC string of the password to create or set. */
  readonly newPasswordHash: string | null
  /** The new password is one of the account's last ones: only told to who proved the address. */
  readonly isNewPasswordUsedBefore: boolean
}

export function beginState(
  facts: Pick<FlowState, 'flowId' | 'type' | 'definition' | 'tenantId' | 'binding' | 'returnTo' | 'expiresAt'> &
    Partial<Pick<FlowState, 'sessionId' | 'identified'>>,
): FlowState {
  return {
    sessionId: null,
    identified: null,
    chosen: null,
    amr: [],
    matchedPassword: null,
    passwordChange: null,
    passkeyId: null,
    isAccountActive: false,
    secondFactor: null,
    enrolledFactors: [],
    pendingTotpKey: null,
    totpSetUpStep: null,
    wantsTrust: false,
    codeDestination: null,
    isEmailProven: false,
    newPasswordHash: null,
    isNewPasswordUsedBefore: false,
    ...facts,
  }
}

