import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Requester } from '../../domain/requester.ts'
import type { CookieJar } from '../../http/cookies.ts'
import type { Csrf } from '../../http/csrf.ts'
import type { ErrorCode, Refusal } from '../../http/error-codes.ts'
import type { Clock } from '../../platform/clock.ts'
import type { AnonymousUsers } from '../../services/anonymous-users/index.ts'
import type { Applications } from '../../services/applications/index.ts'
import type { DeviceAuthorizations } from '../../services/device-authorizations/index.ts'
import type { Accounts } from '../../services/accounts/index.ts'
import type { Phones } from '../../services/phones/index.ts'
import type { Clients } from '../../services/clients/index.ts'
import type { HandOvers, WaitingRequest } from '../../services/hand-overs/index.ts'
import type { Exports } from '../../services/exports/index.ts'
import type { Flows } from '../../services/flows/index.ts'
import type { SecondFactors } from '../../services/second-factors/index.ts'
import type { Passkeys } from '../../services/passkeys/index.ts'
import type { Deletions } from '../../services/deletions/index.ts'
import type { Pictures } from '../../services/pictures/index.ts'
import type { Profiles } from '../../services/profiles/index.ts'
import type { Sessions, SignedIn } from '../../services/sessions/index.ts'
import type { Settings } from '../../services/settings/index.ts'
import type { TenantId } from '../../domain/ids.ts'

export interface SessionApiDeps {
  readonly tenantId: TenantId
  readonly basePath: string
  /** As it is at this call. */
  readonly brandName: string
  readonly flows: Flows
  readonly sessions: Sessions
  readonly accounts: Accounts
  readonly applications: Applications
  readonly deviceAuthorizations: DeviceAuthorizations
  readonly anonymousUsers: AnonymousUsers
  readonly clients: Pick<Clients, 'hasScreenAt'>
  readonly handOvers: HandOvers
  readonly phones: Phones
  readonly deletions: Deletions
  readonly exports: Exports
  readonly pictures: Pictures
  readonly profiles: Profiles
  readonly secondFactors: SecondFactors
  readonly settings: Settings
  readonly passkeys: Passkeys
  readonly jar: CookieJar
  readonly csrf: Csrf
  readonly clock: Clock
  readonly hasTokensInBody: boolean
}

export interface Call<Body, Query, Params> {
  readonly deps: SessionApiDeps
  readonly requester: Requester
  readonly body: Body
  /** What was sent where an image is taken. */
  readonly image: Buffer | undefined
  readonly query: Query
  readonly params: Params
  /** Set on routes whose access is `user`. */
  readonly caller: SignedIn | undefined
  readonly refreshToken: string | undefined
  /** What this browser's cookie holds of being trusted. */
  readonly deviceSecret: string | undefined
  /** What this browser's cookie holds of the accounts that it is known by. */
  readonly knownSecret: string | undefined
  readonly csrfCookie: string | undefined
  /** The authorization request that a client's own screen asks for: then no cookie has a part in the call but that of passkeys. */
  readonly waiting: WaitingRequest | undefined
}

export type Answer =
  | { readonly status: 200 | 201 | 202 | 204; readonly body?: unknown; readonly cookies?: readonly string[]; readonly headers?: Readonly<Record<string, string>> }
  /** Server-sent events. */
  | { readonly status: 200; readonly stream: Readable; readonly cookies?: undefined }
  | (Refusal & { readonly cookies?: readonly string[] })

/** What a success does to cookies. */
export type CookieChange = 'csrf' | 'session' | 'known' | 'cleared' | 'cleared_and_csrf' | 'cleared_if_current' | 'session_if_finished'

/** One operation: the route, its checks and its line in the OpenAPI document in one place. */
export interface Route<Body = unknown, Query = unknown, Params = unknown> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`, Fastify's spelling of parameters. */
  readonly path: string
  readonly operationId: string
  readonly summary: string
  readonly access: 'public' | 'user'
  /** With `user`: an anonymous session will do. Whatever protects an account is not for it. */
  readonly takesAnonymous?: true
  /** False only where no cookie takes part. */
  readonly needsCsrf: boolean
  /** Custom sign-in screens of other origins call it for a request that was handed over to them. */
  readonly takesScreens?: true
  readonly body?: z.ZodType<Body>
  /** The body is an image and no JSON. */
  readonly takesImage?: true
  readonly query?: z.ZodType<Query>
  readonly params?: z.ZodType<Params>
  readonly success: { readonly status: 200 | 201 | 202 | 204; readonly body?: z.ZodType; readonly isEventStream?: true }
  /** Where what was done is told by the status: a second success. */
  readonly otherSuccess?: { readonly status: 200; readonly body: z.ZodType }
  readonly setsCookies?: CookieChange
  /** The refresh cookie takes the place of the access cookie. */
  readonly readsRefreshCookie?: true
  /** Beside what every route may answer, and what `access` and `needsCsrf` bring along. */
  readonly errors: readonly ErrorCode[]
  readonly handle: (call: Call<Body, Query, Params>) => Promise<Answer>
}

/** Keeps the types of one route together and forgets them afterwards, so that routes of all shapes make one list. */
export function route<Body = undefined, Query = undefined, Params = undefined>(definition: Route<Body, Query, Params>): Route {
  return definition as unknown as Route
}
