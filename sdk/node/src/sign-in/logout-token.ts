import { fail, succeed, type Result } from '../result.ts'
import type { createJwtVerifier } from '../verify-jwt.ts'

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'

/** Whose sessions end: of one session where it is named, otherwise all of the person's that began before. */
export interface EndedSession {
  readonly subject: string | undefined
  readonly sessionId: string | undefined
  /** Milliseconds since the epoch. */
  readonly endedAt: number
}

/** Validates a logout token (OpenID Connect Back-Channel Logout 1.0, section 2.6). */
export async function readLogoutToken(
  token: string,
  { issuer, clientId, verifyJwt }: { issuer: string; clientId: string; verifyJwt: ReturnType<typeof createJwtVerifier> },
): Promise<Result<EndedSession, 'invalid' | 'keys_unavailable'>> {
  const verified = await verifyJwt(token, { issuer, audience: clientId, type: 'logout+jwt' })
  if (!verified.ok) return fail(verified.failure === 'keys_unavailable' ? 'keys_unavailable' : 'invalid')
  const { sub, sid, events, nonce, jti, iat } = verified.value as Record<string, unknown>
  const event = typeof events === 'object' && events !== null ? (events as Record<string, unknown>)[EVENT] : undefined
  // A nonce would make it an ID Token, which anybody's browser brings.
  if (typeof event !== 'object' || event === null || nonce !== undefined || typeof jti !== 'string') return fail('invalid')
  if (![sub, sid].every((value) => value === undefined || typeof value === 'string') || (sub ?? sid) === undefined) return fail('invalid')
  return succeed({ subject: sub as string | undefined, sessionId: sid as string | undefined, endedAt: Number(iat) * 1_000 })
}
