import type { FindAccount, KoaContextWithOIDC } from 'oidc-provider'
import type { UserId } from '../../../domain/ids.ts'
import type { Grants } from '../../../services/grants/index.ts'
import type { Profiles } from '../../../services/profiles/index.ts'
import type { UserRecord } from '../../../services/sessions/index.ts'
import { unitOfWork } from '../library/unit-of-work.ts'

/** Which claims a scope asks for (OpenID Connect Core 1.0 section 5.4). `openid` asks for `sub` alone. */
export const CLAIMS_BY_SCOPE = {
  openid: ['sub'],
  profile: ['name', 'family_name', 'given_name', 'middle_name', 'nickname', 'preferred_username', 'profile', 'picture', 'website', 'gender', 'birthdate', 'zoneinfo', 'locale', 'updated_at'],
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
  address: ['address'],
  roles: ['roles'],
} as const

interface Deps {
  readonly grants: Grants
  readonly profiles: Profiles
}

/** An account as the library asks for it: who it is now, and what may be told of it. */
export function createAccountLookUp({ grants, profiles }: Deps): FindAccount {
  return async function findAccount(ctx, id) {
    const { caller, holder } = unitOfWork()
    const user = [caller?.user, holder].find((one) => one?.id === id) ?? (await grants.findHolder(id as UserId))
    if (!user || user.disabledAt !== null) return undefined
    return {
      accountId: user.id,
      // The library leaves out what was neither asked for nor granted.
      claims: async (use, scope, claims) => {
        const isOfScopes = scope.split(' ').some((one) => one !== 'openid' && one !== 'offline_access') && !(use === 'id_token' && isSignInAlone(ctx))
        const isMore = Object.keys(claims).length > 0 || isOfScopes
        return isMore ? { ...languageClaim(user), ...(await profiles.claimsOf(user.id)), ...identityClaims(user), sub: user.id } : { sub: user.id }
      },
    }
  }
}

/**
 * An ID token that comes with an access token for UserInfo tells of the sign-in alone (OpenID Connect Core 1.0 section 5.4), and so
 * does one that comes by a refresh (section 12.2 asks for no more).
 */
function isSignInAlone({ oidc }: KoaContextWithOIDC): boolean {
  const { AccessToken: accessToken, RotatedRefreshToken: rotated } = oidc.entities
  return (accessToken !== undefined && accessToken.aud === undefined) || rotated !== undefined
}

/** What the person said of themselves comes before it. */
function languageClaim({ language }: UserRecord): Record<string, unknown> {
  return language === null ? {} : { locale: language }
}

function identityClaims(user: UserRecord): Record<string, unknown> {
  return {
    ...(user.displayName === null ? {} : { name: user.displayName }),
    ...(user.username === null ? {} : { preferred_username: user.username }),
    ...(user.email === null ? {} : { email: user.email, email_verified: user.emailVerifiedAt !== null }),
    roles: user.roles,
    ...(user.phoneKey === null ? {} : { phone_number: user.phoneKey, phone_number_verified: true }),
  }
}
