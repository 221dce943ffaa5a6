import type { ClaimType } from './attribute.ts'

/**
 * The standard claims of OpenID Connect Core section 5.1 that a person tells about themself. `name` is the display name,
 * `email` and `preferred_username` are identities, `picture` is served by us.
 */
export const STANDARD_CLAIMS = {
  given_name: 'string',
  middle_name: 'string',
  family_name: 'string',
  nickname: 'string',
  gender: 'string',
  birthdate: 'birthdate',
  profile: 'url',
  website: 'url',
  zoneinfo: 'time_zone',
  locale: 'language',
  address: 'address',
} as const satisfies Record<string, ClaimType>

export type StandardClaim = keyof typeof STANDARD_CLAIMS

export const STANDARD_CLAIM_NAMES = Object.keys(STANDARD_CLAIMS) as [StandardClaim, ...StandardClaim[]]

/** Claims with a meaning of their own, which no declared attribute may take: OpenID Connect Core 5.1, RFC 7519 and ours. */
export const RESERVED_CLAIMS: readonly string[] = [
  ...STANDARD_CLAIM_NAMES,
  ...['sub', 'name', 'preferred_username', 'picture', 'email', 'email_verified', 'phone_number', 'phone_number_verified', 'updated_at'],
  ...['iss', 'aud', 'exp', 'iat', 'nbf', 'jti', 'sid', 'nonce', 'acr', 'amr', 'azp', 'auth_time', 'scope', 'client_id', 'roles', 'org_id', 'org_role'],
  ...['display_name', 'username'],
]
