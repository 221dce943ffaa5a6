import type { OAuthClientId, SessionId, TenantId, UserId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'

/** Who is asked: a request belongs to one session. */
export interface AskedPerson {
  readonly tenantId: TenantId
  readonly userId: UserId
  readonly sessionId: SessionId
}

export interface ConsentRequest {
  readonly clientId: OAuthClientId
  /** Everything that the client asks for. */
  readonly scopes: readonly string[]
  /** Of it, what was not agreed to before. */
  readonly newScopes: ReadonlySet<string>
  /** Where the person goes with the answer. */
  readonly redirectUri: string
}

/** `other_account`: whoever signs in next is asked instead. */
export type ConsentAnswer = 'allow' | 'refuse' | 'other_account'

export interface ConsentRequests {
  /** Undefined also for one that is over, was answered, or is somebody else's. */
  pendingRequest(uid: string, person: AskedPerson): Promise<ConsentRequest | undefined>
  /** Answers once; where the browser goes on, a path. */
  answerRequest(uid: string, person: AskedPerson, answer: ConsentAnswer): Promise<Result<{ readonly resumePath: string }, 'request_over'>>
}
