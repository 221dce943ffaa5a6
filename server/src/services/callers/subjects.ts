import type { OAuthClientId, UserId } from '../../domain/ids.ts'
import type { Caller } from './caller.ts'

/** Whatever may happen to it concerns its callers: an account, or a client. */
export type Subject = `user:${string}` | `client:${string}`

export function subjectsOf({ userId, client }: Pick<Caller, 'userId' | 'client'>): Subject[] {
  return [...(userId === undefined ? [] : [`user:${userId}` as const]), ...(client === undefined ? [] : [`client:${client.clientId}` as const])]
}

/** To whom an event happened: to its account; where it names none, to the client that `client_id` names. */
export function subjectOf(userId: UserId | null | undefined, data: Readonly<Record<string, unknown>> | undefined): Subject | undefined {
  if (userId) return `user:${userId}`
  const clientId = data?.['client_id'] as OAuthClientId | undefined
  return clientId === undefined ? undefined : `client:${clientId}`
}
