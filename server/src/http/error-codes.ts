/** The closed list of codes that JSON errors carry, published as contracts/errors.json. */
export const ERROR_CODES = {
  invalid_request: { status: 400, message: 'The request is malformed.', when: 'The body, query or path is not what the operation takes; `details.fields` names each problem.' },
  unauthorized: { status: 401, message: 'Sign in first.', when: 'There is no valid session, or the credentials are wrong.' },
  forbidden: { status: 403, message: 'This is not allowed.', when: 'The CSRF token or the origin is wrong, the account is disabled, sign-up is closed, or anonymous accounts are not allowed.' },
  promotion_required: { status: 403, message: 'This needs an account of your own.', when: 'The session is anonymous; the flow `promote` makes its account one that can do this.' },
  not_found: { status: 404, message: 'There is nothing here.', when: 'No such route or resource, or one that is switched off.' },
  account_deletion_scheduled: {
    status: 403,
    message: 'This account waits for its deletion.',
    when: 'Every proof was right and the owner had asked for deletion; `details` says when it comes and which challenge keeps the account.',
  },
  method_not_allowed: { status: 405, message: 'This address does not answer to that method.', when: 'The route exists; `Allow` lists its methods.' },
  username_taken: { status: 409, message: 'This username is taken.', when: 'Another account holds the username.' },
  password_already_exists: { status: 409, message: 'The account has a password already.', when: 'A first password was to be set and there is one.' },
  last_email: { status: 409, message: 'The last address of the account cannot go.', when: 'Nothing else would be left to recover the account by: no other verified address, and no number where accounts may begin with one.' },
  last_phone: { status: 409, message: 'The last way to recover the account cannot go.', when: 'Neither a verified address nor another number would be left to recover the account by.' },
  phone_limit_reached: { status: 409, message: 'There are too many numbers; remove one first.', when: 'The account has five telephone numbers.' },
  email_limit_reached: { status: 409, message: 'There are too many addresses; remove one first.', when: 'The account has ten email addresses.' },
  passkey_already_registered: { status: 409, message: 'This passkey is registered already.', when: 'The credential id is known, for this account or another.' },
  passkey_limit_reached: { status: 409, message: 'There are too many passkeys; remove one first.', when: 'The account has twenty passkeys.' },
  last_authenticator: {
    status: 409,
    message: 'The last way to sign in cannot go.',
    when: 'The passkey is the only one of an account without a password, without a verified address and without a number that codes sign in by.',
  },
  invalid_authentication_challenge: { status: 409, message: 'Start the re-authentication again.', when: 'The challenge is not of this session, too old, or used.' },
  last_required_factor: { status: 409, message: 'A second factor is required and this is the only one.', when: 'Policy requires a second factor; another one has to be set up first.' },
  session_limit_reached: {
    status: 409,
    message: 'There are too many sessions.',
    when: 'The person has as many sessions as the settings allow; `details`, where there are any, name those that end when that is agreed to.',
  },
  too_many_authenticators: { status: 409, message: 'The account has as many of these as it can have.', when: 'An account keeps five authenticator apps at most.' },
  last_active_admin: { status: 409, message: 'The last admin cannot go.', when: 'Deleting the account would leave nobody to administer.' },
  payload_too_large: { status: 413, message: 'The request body is too large.', when: 'The body exceeds 64 KiB.' },
  second_factor_required: {
    status: 401,
    message: 'A second proof is needed.',
    when: 'The first proof was right and policy or the account asks for a second; `details` says which and where to send it.',
  },
  password_change_required: {
    status: 401,
    message: 'Another password is needed.',
    when: 'Every proof was right and the password is too old or has to be replaced; `details` says why and where to send a new one.',
  },
  recent_authentication_required: {
    status: 428,
    message: 'Prove again who you are.',
    when: 'The change is sensitive and the last proof is older than ten minutes; `details` says how to renew it.',
  },
  rate_limited: { status: 429, message: 'Too many tries; wait a little.', when: 'A limit is used up; `Retry-After` says for how long.' },
  internal_error: { status: 500, message: 'Something went wrong here.', when: 'A fault; the log has it under `request_id`.' },
  service_unavailable: { status: 503, message: 'The service is busy; try again shortly.', when: 'The database is away or hashing is at capacity; `Retry-After` says when to come back.' },
} as const satisfies Record<string, { status: number; message: string; when: string }>

export type ErrorCode = keyof typeof ERROR_CODES

/** What is wrong with one field of the input. */
export interface FieldProblem {
  readonly field: string
  readonly code: string
  readonly message: string
}

export interface ErrorDetails {
  readonly fields?: readonly FieldProblem[]
  readonly authentication_challenge?: { readonly id: string; readonly expires_at: string }
  readonly reauthenticate_url?: string
  readonly password_change?: {
    readonly reason: 'required' | 'expired'
    readonly password_policy: { readonly minimum_length: number; readonly maximum_length: number; readonly breached_check: boolean; readonly history: number }
  }
  readonly sessions_to_end?: {
    readonly count: number
    /** The first few of them. */
    readonly sessions: readonly { readonly user_agent: string; readonly ip: string; readonly last_used_at: string }[]
  }
  readonly account_deletion?: { readonly delete_at: string }
  readonly second_factor?: {
    readonly authentications: readonly string[]
    /** Set when a factor has to be set up first: the key and its URI for authenticator apps. */
    readonly totp_key?: string
    readonly totp_uri?: string
    /** A code was sent without being asked for, and where to. */
    readonly code_sent?: boolean
    readonly masked_destination?: string
  }
}

/** An answer that is no success: chosen by a door, never thrown by what lies below it. */
export interface Refusal {
  readonly code: ErrorCode
  readonly details?: ErrorDetails
  readonly retryAfterSeconds?: number
}

export function refuse(code: ErrorCode, more: Omit<Refusal, 'code'> = {}): Refusal {
  return { code, ...more }
}

export function errorBody(refusal: Refusal, requestId: string) {
  const { message } = ERROR_CODES[refusal.code]
  return { error: { code: refusal.code, message, request_id: requestId, ...(refusal.details ? { details: refusal.details } : {}) } }
}
