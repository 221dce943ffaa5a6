import type { MessageChannel } from '../domain/message.ts'
import type { E164 } from '../domain/phone.ts'
import type { AttributeFault, AttributeValue } from '../domain/profile/attribute.ts'
import type { FlowId, InvitationId, PasskeyId, SessionId, TenantId, UserId } from '../domain/ids.ts'

/**
 * What a person sets out to do. `signup_login` becomes one of the two with the first right proof; `promote` is a sign-up that
 * keeps the anonymous account there is.
 */
export type FlowType = 'signup' | 'login' | 'signup_login' | 'promote' | 'reauth' | 'account_recovery'

/** Whether a flow of this type ends with an account of the person's own: a new one, or the anonymous one that they had. */
export function makesAccount(type: FlowType): type is 'signup' | 'promote' {
  return type === 'signup' || type === 'promote'
}

/** `default` is generated from policy, and `password_first`, the order of the JSON challenge routes; others are declared. */
export type DefinitionName = string

/** `passkey`: whose credential it is tells who it is; nobody types a name. */
export type Identification = 'email' | 'username' | 'phone' | 'passkey'
/** What an account may begin with. */
export type SignupIdentification = Extract<Identification, 'email' | 'phone'>
/** `invitation`: an account is made for the address that was invited. */
export type OfferedIdentification = Identification | 'invitation'
export type Authentication = 'primary_password' | 'primary_oob_otp_email' | 'primary_oob_otp_sms' | 'primary_passkey'
export type SecondaryAuthentication = 'secondary_totp' | 'secondary_oob_otp_email' | 'secondary_oob_otp_sms' | 'secondary_passkey' | 'recovery_code'
/** Proofs by a code that is sent, and by which way each is. */
export type OutOfBandAuthentication = Extract<Authentication | SecondaryAuthentication, `${string}_oob_otp_${string}`>
export type CodeChannel = 'email' | MessageChannel
/** What a mail carries: digits to type, a link to open, or both. */
export type EmailCodeForm = 'code' | 'link' | 'both'

/** Authentication method references of RFC 8176; `sms` beside `otp` says that the code went to a telephone, whichever way. */
export type Amr = 'pwd' | 'otp' | 'sms' | 'hwk' | 'swk' | 'user' | 'mfa'

/** Who the person says they are, looked up. `userId` is null for a stranger, who walks the same screens in vain. */
export interface Identified {
  readonly identification: Identification
  readonly key: string
  readonly display: string
  readonly userId: UserId | null
  /** Where a code can be sent: the account's email, or for a stranger the one they typed (null for a username). */
  readonly email: string | null
  readonly emailDisplay: string | null
  /** Where a message can be sent: the number they typed, else the account's first one, where policy sends any. */
  readonly phone: E164 | null
}

/** What admits somebody to an account of their own; its secret came by mail to the address it is for. */
export interface Invitation {
  readonly id: InvitationId
  readonly role: string | null
}

/** A session that a sign-in would end, for showing it. Instants in milliseconds UTC. */
export interface EndingSession {
  readonly id: SessionId
  readonly userAgent: string
  readonly ip: string
  readonly lastUsedAt: number
}

/** Which earlier sessions have to end for a new one: the `count` oldest, of which the newest is `through`. */
export interface SessionsToEnd {
  readonly count: number
  readonly through: SessionId | null
  /** The first few of them. */
  readonly shown: readonly EndingSession[]
}

/** A passkey that was made in this flow and becomes the account's with its finish. */
export interface NewPasskey {
  /** What the authenticator files it under; the account's, or the one it will have. */
  readonly userHandle: string
  readonly credentialId: string
  /** COSE_Key, base64url. */
  readonly publicKey: string
  readonly signCount: number
  readonly transports: readonly string[]
  readonly aaguid: string
  readonly isBackupEligible: boolean
  readonly isBackedUp: boolean
}

/** Where the offer to create a passkey stands; null until it was looked up whether it is due. */
export type PasskeyPrompt = 'spared' | 'offered' | 'skipped' | 'created'

/** Whether who began the flow can show a choice of channels (`offered`; `none` when not), and whether it is what is asked now. */
export type ChannelChoice = 'none' | 'offered' | 'asked'

/** Where the second factor stands; null until it was looked up what the account has. */
export type SecondFactor = 'spared' | 'needed' | 'proven' | 'to_set_up' | 'set_up'

/** Too old for policy, or asked for by the operator. */
export type PasswordChange = 'expired' | 'required'

/**
 * One attempt, immutable: an input yields a new state and the older one stays usable until the flow finishes or expires.
 * It travels sealed, so it holds facts and never a plain secret; only a TOTP key that is being set up and the recovery codes
 * that come with it, which the page shows anyway.
 */
export interface FlowState {
  readonly flowId: FlowId
  readonly type: FlowType
  readonly definition: DefinitionName
  /** Which declaration of that name; empty where it is generated. */
  readonly fingerprint: string
  readonly tenantId: TenantId
  /** Digest of what ties the flow to the browser or caller of the API that began it; checked before the engine is asked. */
  readonly binding: string
  readonly returnTo: string
  /** The authorization request that is walked for at a client's own screen; its session begins where the browser comes back. */
  readonly request: string | null
  /** Instant, milliseconds UTC. */
  readonly expiresAt: number
  /** `reauth` proves again who owns this session; `promote` is for the anonymous account that it is of. */
  readonly sessionId: SessionId | null
  /** The anonymous account that becomes the person's own. */
  readonly promotes: UserId | null
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
  /** Of the account when its status was looked up, right after the first proof: another one at the finish ends the flow. */
  readonly protectionVersion: number | null
  readonly secondFactor: SecondFactor | null
  /** What the account could prove itself by a second time, when that is needed. */
  readonly enrolledFactors: readonly SecondaryAuthentication[]
  /** Which of them was picked, where one is asked for by name. */
  readonly chosenFactor: SecondaryAuthentication | null
  /** Base32; becomes the account's when its first code is right. */
  readonly pendingTotpKey: string | null
  /** The time step of that first code. */
  readonly totpSetUpStep: number | null
  /** Those that become the account's together with that key; null until they were made. */
  readonly newRecoveryCodes: readonly string[] | null
  readonly areRecoveryCodesKept: boolean
  readonly wantsTrust: boolean
  /** Whether the account waits for its deletion; null until it was looked up. */
  readonly deletion: 'none' | 'pending' | 'cancelled' | null
  /** Milliseconds UTC, while it waits. */
  readonly deleteAt: number | null
  /** Where the code of this flow was sent; set by the step that asked for it. */
  readonly codeDestination: string | null
  readonly isEmailProven: boolean
  /** The proof of a new account's address was put off. */
  readonly isVerificationPutOff: boolean
  /** How that code is sent. */
  readonly codeChannel: CodeChannel
  readonly channelChoice: ChannelChoice
  /** The number whose code was right; proves the number and never the address. */
  readonly provenPhone: E164 | null
  /** The number that could be the second factor: never the one that was the first proof. */
  readonly factorPhone: E164 | null
  /** What lets this person sign up, where not everybody may. */
  readonly invitation: Invitation | null
  /** Null until it was looked up whether the person has too many sessions. */
  readonly sessionsToEnd: SessionsToEnd | null
  readonly isEndingConfirmed: boolean
  /** PHC string of the password to create or set. */
  readonly newPasswordHash: string | null
  /** The new password is one of the account's last ones: only told to who proved the address. */
  readonly isNewPasswordUsedBefore: boolean
  /** What the person told for their new account, by name. */
  readonly profile: Readonly<Record<string, AttributeValue>> | null
  /** What of it the finish could not keep. */
  readonly profileFaults: readonly AttributeFault[]
  /** Whether who began the flow can show the offer to create a passkey: a browser that has them, a screen made for it. */
  readonly showsPasskeyPrompt: boolean
  /** Whether who began the flow can wait for a link that is opened elsewhere: a page, a custom screen. */
  readonly awaitsLinks: boolean
  /** Whether who began the flow can show recovery codes before its finish. */
  readonly showsRecoveryCodes: boolean
  readonly passkeyPrompt: PasskeyPrompt | null
  readonly newPasskey: NewPasskey | null
}

/** What is known before the first input. */
export const UNTOUCHED_STATE = {
  fingerprint: '',
  request: null,
  sessionId: null,
  promotes: null,
  identified: null,
  chosen: null,
  amr: [],
  matchedPassword: null,
  passwordChange: null,
  passkeyId: null,
  isAccountActive: false,
  protectionVersion: null,
  secondFactor: null,
  enrolledFactors: [],
  chosenFactor: null,
  pendingTotpKey: null,
  totpSetUpStep: null,
  newRecoveryCodes: null,
  areRecoveryCodesKept: false,
  wantsTrust: false,
  deletion: null,
  deleteAt: null,
  codeDestination: null,
  isEmailProven: false,
  isVerificationPutOff: false,
  codeChannel: 'email',
  channelChoice: 'none',
  provenPhone: null,
  factorPhone: null,
  invitation: null,
  sessionsToEnd: null,
  isEndingConfirmed: false,
  newPasswordHash: null,
  isNewPasswordUsedBefore: false,
  profile: null,
  profileFaults: [],
  showsPasskeyPrompt: false,
  awaitsLinks: false,
  showsRecoveryCodes: false,
  passkeyPrompt: null,
  newPasskey: null,
} as const satisfies Partial<FlowState>

export function beginState(
  facts: Pick<FlowState, 'flowId' | 'type' | 'definition' | 'tenantId' | 'binding' | 'returnTo' | 'expiresAt'> &
    Partial<Pick<FlowState, 'fingerprint' | 'request' | 'sessionId' | 'promotes' | 'identified' | 'showsPasskeyPrompt' | 'awaitsLinks' | 'showsRecoveryCodes' | 'channelChoice'>>,
): FlowState {
  return { ...UNTOUCHED_STATE, ...facts }
}
