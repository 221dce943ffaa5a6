import type { AttemptKind } from './attempt-kind.ts'

/** A mail to be sent, as facts; wording and look are made where it is delivered. A closed union: no free text gets in. */
export type MailRequest = {
  readonly to: string
  /** BCP 47 tag; the default language where none is known. */
  readonly language?: string | undefined
} & (
  | { readonly template: 'signup_code' | 'login_code' | 'recovery_code' | 'reauthentication_code' | 'email_change_code' | 'second_factor_code'; readonly code: string }
  /** `link` is the secret of a link that goes on like the code, which may stand beside it. */
  | { readonly template: 'login_link' | 'recovery_link' | 'reauthentication_link' | 'second_factor_link'; readonly link: string; readonly code?: string }
  /** Somebody tried to sign up with an address that has an account: its owner is told, the screen does not say. */
  | { readonly template: 'signup_existing_account' }
  | { readonly template: 'invitation'; readonly secret: string; readonly expiresAt: number }
  | { readonly template: 'account_locked'; readonly kind: AttemptKind; readonly until: number; readonly at: number; readonly ip: string; readonly userAgent: string }
  | { readonly template: 'email_changed'; readonly newAddressMasked: string }
  | { readonly template: 'email_addresses_changed'; readonly change: EmailAddressChange; readonly addressMasked: string }
  | { readonly template: 'phone_numbers_changed'; readonly change: PhoneNumberChange; readonly numberMasked: string; readonly at: number; readonly ip: string; readonly userAgent: string }
  | { readonly template: 'password_changed'; readonly at: number; readonly ip: string }
  | { readonly template: 'second_factor_changed'; readonly change: SecondFactorChange; readonly at: number; readonly ip: string; readonly userAgent: string }
  | { readonly template: 'passkey_created' | 'passkey_removed'; readonly at: number; readonly ip: string; readonly userAgent: string }
  | { readonly template: 'new_sign_in'; readonly at: number; readonly ip: string; readonly userAgent: string }
  | { readonly template: 'refresh_token_reuse'; readonly at: number; readonly ip: string; readonly userAgent: string }
  | { readonly template: 'admin_granted'; readonly at: number }
  | { readonly template: 'account_deleted'; readonly at: number }
  | { readonly template: 'account_deletion_scheduled' | 'account_deletion_reminder'; readonly deleteAt: number }
  | { readonly template: 'account_deletion_cancelled'; readonly at: number; readonly ip: string; readonly userAgent: string }
)

/** What the owner of an account is told about it. It goes to their address, or as a message to who has none. */
export type Notice = Distribute<Extract<MailRequest, { readonly template: (typeof NOTICE_TEMPLATES)[number] }>>
type Distribute<Request> = Request extends unknown ? Omit<Request, 'to'> : never

export const NOTICE_TEMPLATES = [
  'signup_existing_account',
  'account_locked',
  'email_changed',
  'email_addresses_changed',
  'phone_numbers_changed',
  'password_changed',
  'second_factor_changed',
  'passkey_created',
  'passkey_removed',
  'new_sign_in',
  'refresh_token_reuse',
  'admin_granted',
  'account_deleted',
  'account_deletion_scheduled',
  'account_deletion_reminder',
  'account_deletion_cancelled',
] as const

export type PhoneNumberChange = 'added' | 'removed'

export type EmailAddressChange = 'added' | 'removed' | 'made_primary'

/** What somebody is written to in: what they signed in with before, whoever asks now. */
export function languageFor(user: { readonly language: string | null }, requester: { readonly language?: string }): string | undefined {
  return user.language ?? requester.language
}

export type SecondFactorChange = 'totp_added' | 'totp_removed' | 'recovery_codes_made' | 'recovery_code_used'

export type MailTemplate = MailRequest['template']

/** A mail as it goes out. */
export interface RenderedMail {
  readonly to: string
  /** In the place of the name that the sender has by configuration. */
  readonly senderName?: string
  readonly subject: string
  readonly text: string
  readonly html: string
}
