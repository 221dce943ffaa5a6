import { z } from 'zod'
import { ERROR_CODES } from '../../http/error-codes.ts'
import { PasswordPolicy } from './password-policy.ts'
import type { IssuedTokens, SignedIn, UserRecord } from '../../services/sessions/index.ts'

/** Shapes of bodies on the wire; wire spelling exists only here. Bounds refuse what could never be right, unhashed. */
export const identifierText = z.string().min(1).max(320)
export const passwordText = z.string().min(1).max(1_024)
export const codeText = z.string().regex(/^\d{6}$/, 'must be six digits')
export const uuidText = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be a UUID')
const instant = z.iso.datetime()

export const AuthUser = z
  .object({
    id: uuidText,
    email: z.string().nullable().meta({ description: 'Null for an account without one, such as one that began with a telephone number.' }),
    username: z.string().nullable(),
    is_anonymous: z.boolean().meta({ description: 'The account has no identity: whoever holds its session holds it.' }),
    display_name: z.string().nullable(),
    disabled: z.boolean(),
    created_at: instant,
    email_verified: z.boolean(),
    email_verified_at: instant.optional(),
  })
  .meta({ id: 'AuthUser' })

export const AuthSession = z
  .object({
    user: AuthUser,
    access_token: z.string().optional().meta({ description: 'Only with API_TOKENS_IN_BODY=on; the cookie has it otherwise.' }),
    refresh_token: z.string().optional().meta({ description: 'Only with API_TOKENS_IN_BODY=on.' }),
    recovery_codes: z.array(z.string()).optional().meta({ description: 'Made with a first second factor; readable this once.' }),
  })
  .meta({ id: 'AuthSession' })

export const Tokens = z.object({ access_token: z.string(), refresh_token: z.string() }).meta({ id: 'Tokens' })

export const CurrentUser = AuthUser.extend({
  roles: z.array(z.string()),
  session_id: uuidText,
  authenticated_at: instant,
  profile: z.record(z.string(), z.unknown()).meta({ description: 'Standard claims of OpenID Connect and declared attributes that applications may read, by name.' }),
}).meta({ id: 'CurrentUser' })

export const AccountSession = z
  .object({
    id: uuidText,
    current: z.boolean(),
    created_at: instant,
    last_used_at: instant,
    expires_at: instant,
    user_agent: z.string(),
    ip: z.string(),
  })
  .meta({ id: 'AccountSession' })

/** Sessions that a sign-in would end. */
export const SessionsToEnd = z.object({
  count: z.int().meta({ description: 'How many sessions will end.' }),
  sessions: z.array(z.object({ user_agent: z.string(), ip: z.string(), last_used_at: instant })).meta({ description: 'The first few of them, oldest sign-in first.' }),
})

export const Account = z
  .object({
    user: AuthUser,
    sessions: z.array(AccountSession),
    auth_methods: z.array(z.object({ provider: z.enum(['password', 'passkey']) })),
    sessions_next_cursor: uuidText.optional(),
  })
  .meta({ id: 'Account' })

export const ScheduledDeletion = z.object({ delete_at: instant.meta({ description: 'When the account will be deleted, unless its owner signs in before and keeps it.' }) }).meta({ id: 'ScheduledDeletion' })

export const RecoveryCodes = z.object({ recovery_codes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' })

export const TotpSetUp = z
  .object({
    set_up: z.string().meta({ description: 'Comes back with the first code.' }),
    key: z.string().meta({ description: 'Base32 (RFC 4648).' }),
    uri: z.string().meta({ description: 'The `otpauth` URI that a QR code holds.' }),
    expires_at: instant,
  })
  .meta({ id: 'TotpSetUp' })

export const SecondFactors = z
  .object({
    totps: z.array(z.object({ id: uuidText, name: z.string(), created_at: instant, last_used_at: instant.nullable() })),
    recovery_codes_left: z.int(),
    trusted_devices: z.array(
      z.object({ id: uuidText, user_agent: z.string(), ip: z.string(), created_at: instant, last_used_at: instant, expires_at: instant }),
    ),
  })
  .meta({ id: 'SecondFactors' })

export const Challenge = z.object({ challenge_id: uuidText }).meta({ id: 'Challenge' })

export const ErrorBody = z
  .object({
    error: z.object({
      code: z.enum(Object.keys(ERROR_CODES) as [string, ...string[]]),
      message: z.string(),
      request_id: z.string(),
      details: z
        .object({
          fields: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })).optional(),
          authentication_challenge: z.object({ id: z.string(), expires_at: instant }).optional(),
          reauthenticate_url: z.string().optional(),
          password_change: z.object({ reason: z.enum(['required', 'expired']), password_policy: PasswordPolicy }).optional(),
          sessions_to_end: SessionsToEnd.optional(),
          second_factor: z
            .object({
              authentications: z.array(z.enum(['totp', 'email_code', 'passkey', 'recovery_code', 'password'])),
              totp_key: z.string().optional(),
              totp_uri: z.string().optional(),
              code_sent: z.boolean().optional().meta({ description: 'A code was sent already: it was the only second factor.' }),
              masked_destination: z.string().optional(),
            })
            .optional(),
          account_deletion: z.object({ delete_at: instant }).optional(),
        })
        .optional(),
    }),
  })
  .meta({ id: 'Error' })

export const iso = (instantMs: number) => new Date(instantMs).toISOString()

export function toAuthUser(user: UserRecord): z.infer<typeof AuthUser> {
  return {
    id: user.id,
    email: user.email,
    username: user.username,
    is_anonymous: user.isAnonymous,
    display_name: user.displayName,
    disabled: user.disabledAt !== null,
    created_at: iso(user.createdAt),
    email_verified: user.emailVerifiedAt !== null,
    ...(user.emailVerifiedAt === null ? {} : { email_verified_at: iso(user.emailVerifiedAt) }),
  }
}

export function toCurrentUser({ user, session }: SignedIn, profile: Readonly<Record<string, unknown>>): z.infer<typeof CurrentUser> {
  return { ...toAuthUser(user), roles: [...user.roles], session_id: session.id, authenticated_at: iso(session.authenticated_at), profile }
}

export function toAuthSession(tokens: IssuedTokens, hasTokensInBody: boolean): z.infer<typeof AuthSession> {
  const user = toAuthUser(tokens.user)
  return hasTokensInBody ? { user, access_token: tokens.accessToken, refresh_token: tokens.refreshToken } : { user }
}
