import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { GuardedFetch, GuardedRequest } from '../../platform/guarded-fetch.ts'
import type { MessageFailure } from './message-sender.ts'

export interface ProviderAnswer {
  readonly status: number
  /** Undefined where the body is no JSON object. */
  readonly body: Readonly<Record<string, unknown>> | undefined
}

/** Too early, too many, or a fault on their side (RFC 9110 section 15): the same request may succeed later. */
const TEMPORARY_STATUSES = new Set([408, 425, 429])

/** One POST to a provider; no answer at all is a failure of its own. */
export async function askProvider(guardedFetch: GuardedFetch, request: Omit<GuardedRequest, 'method'>): Promise<Result<ProviderAnswer, MessageFailure>> {
  const answer = await guardedFetch({ ...request, method: 'POST' })
  if (answer.outcome === 'answered') return succeed({ status: answer.status, body: parseObject(answer.body) })
  const isPassing = answer.failure === 'timeout' || answer.failure === 'unreachable'
  return fail({ kind: isPassing ? 'temporary' : 'permanent', reason: `the provider could not be asked (${answer.failure})` })
}

/** By the status alone. A redirect is not followed: whoever moved has to be named in the settings anew. */
export function kindOfStatus(status: number): 'temporary' | 'permanent' {
  return TEMPORARY_STATUSES.has(status) || status >= 500 ? 'temporary' : 'permanent'
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
