import type { Client } from '../../domain/client.ts'
import type { Result } from '../../domain/result.ts'
import { fail } from '../../domain/result.ts'
import type { Refusal } from '../../http/error-codes.ts'
import { refuse } from '../../http/error-codes.ts'
import type { Limits } from '../../services/limits/index.ts'
import { addressKey } from '../../services/limits/index.ts'
import type { IssuedTokens, Sessions } from '../../services/sessions/index.ts'

export type LimitedRefresh = (refreshToken: string, client: Client) => Promise<Result<IssuedTokens, Refusal>>

/** Refresh with failures counted per address; good refreshes cost nothing. */
export function createLimitedRefresh({ sessions, limits }: { sessions: Sessions; limits: Limits }): LimitedRefresh {
  return async (refreshToken, client) => {
    // A stranger without a token guesses nothing: pages ask on every load whether somebody is signed in.
    if (refreshToken === '') return fail(refuse('unauthorized'))
    const key = addressKey(client.ip)
    const refused = await limits.take('refresh_failures_per_address', key)
    if (refused) return fail(refuse('rate_limited', refused))
    const refreshed = await sessions.refresh(refreshToken, client)
    if (!refreshed.ok) return fail(refuse('unauthorized'))
    await limits.giveBack('refresh_failures_per_address', key)
    return refreshed
  }
}
