import type { Transaction } from 'kysely'
import type { Requester } from '../../domain/requester.ts'
import type { SessionId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { Policy } from '../../flow/index.ts'
import type { Database } from '../../persistence/index.ts'
import { findPassword } from '../../persistence/queries/authenticator-password.ts'
import { findUser, lockUser } from '../../persistence/queries/user-account.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Sealer } from '../../platform/sealing.ts'
import type { Clients } from '../clients/index.ts'
import type { Events } from '../events/index.ts'
import type { SignInTicket } from '../flows/index.ts'
import { createSessionStart, openTicket } from '../flows/index.ts'
import type { Grants, SignInRequest } from '../grants/index.ts'
import type { KnownDevice, KnownDevices } from '../known-devices/index.ts'
import type { Outbox } from '../outbox/index.ts'
import type { IssuedTokens, Sessions, StartedSession } from '../sessions/index.ts'
import type { Settings } from '../settings/index.ts'
import { screenUri } from './screen-uri.ts'

/** A request that waits at its client's own screen. */
export interface WaitingRequest extends SignInRequest {
  /** Where the screen is. */
  readonly screen: string
}

/** `signedIn`: the browser's new session; undefined where its own was proven again. */
export interface FinishedHandOver {
  readonly resumePath: string
  readonly signedIn: { readonly tokens: IssuedTokens; readonly knownDevice: KnownDevice } | undefined
}

/** The browser that comes back, which was seen to be the one that the request waits in. */
export interface ReturningBrowser {
  readonly requester: Requester
  readonly knownSecret: string | undefined
  /** Looked up where it matters: the session that is signed in here. */
  readonly session: () => Promise<SessionId | undefined>
}

interface SignedInHere {
  readonly request: SignInRequest
  readonly started: StartedSession
  readonly knownDevice: KnownDevice
}

export type HandOverFailure = 'request_over' | 'too_many_sessions'

export interface HandOvers {
  /** Undefined for one that is over, was answered, is none, or is of a client without a screen of its own. */
  find(reference: string): Promise<WaitingRequest | undefined>
  /** Where the browser goes with what a flow proved. */
  finishUri(waiting: WaitingRequest, ticket: string): string
  /** The screen once more, after a new password that one now signs in by. */
  screenAfterReset(waiting: WaitingRequest): string
  /** Once a request, in the browser that it waits in: `reference` is what that browser's cookie says. */
  finish(reference: string, ticket: string, browser: ReturningBrowser): Promise<Result<FinishedHandOver, HandOverFailure>>
}

interface Deps {
  readonly database: Database
  readonly clock: Clock
  readonly sealer: Sealer
  readonly settings: Settings
  readonly clients: Pick<Clients, 'find'>
  readonly grants: Pick<Grants, 'waitingSignIn' | 'takeSignIn'>
  readonly sessions: Sessions
  readonly knownDevices: KnownDevices
  readonly events: Events
  readonly outbox: Outbox
  readonly publicUrl: string
}

export function createHandOvers(deps: Deps): HandOvers {
  const { database, settings, clients, grants, sessions, events, publicUrl } = deps
  const startSession = createSessionStart(deps)

  /** The account is held and judged again: a proof is void once what it proved has changed. */
  async function stands(tx: Transaction<Schema>, { tenantId, userId, protectionVersion, amr }: SignInTicket): Promise<boolean> {
    await lockUser(tx, userId)
    const user = await findUser(tx, tenantId, userId)
    if (user === undefined || user.disabledAt !== null || user.protectionVersion !== protectionVersion) return false
    // Another password may be wanted of everybody since: asking a whole table changes no account.
    return !amr.includes('pwd') || (await findPassword(tx, userId))?.isChangeRequired !== true
  }

  /** Others may have signed in while this one was on its way: only what was agreed to ends. */
  async function hasRoom(tx: Transaction<Schema>, { userId, endsThrough }: SignInTicket, rules: Policy['session']): Promise<boolean> {
    if (rules.whenFull === 'end_oldest') return true
    const { through } = await sessions.sessionsToEnd(tx, userId, rules)
    return through === null || (endsThrough !== null && through <= endsThrough)
  }

  async function proveAgain(tx: Transaction<Schema>, ticket: SignInTicket & { sessionId: SessionId }, current: SessionId | undefined, requester: Requester): Promise<Result<SignInRequest, HandOverFailure>> {
    const { tenantId, userId, sessionId, amr, authenticatedAt } = ticket
    if (current !== sessionId) return fail('request_over')
    const request = await grants.takeSignIn(tx, ticket.request, { isReplaced: false })
    if (!request || !(await sessions.markReauthenticated(tx, sessionId, amr, authenticatedAt))) return fail('request_over')
    await events.record(tx, { type: 'authentication.reauthenticated', tenantId, userId, sessionId, requester })
    return succeed(request)
  }

  async function signIn(tx: Transaction<Schema>, ticket: SignInTicket, { requester, knownSecret }: ReturningBrowser, rules: Policy['session']): Promise<Result<SignedInHere, HandOverFailure>> {
    if (!(await hasRoom(tx, ticket, rules))) return fail('too_many_sessions')
    const request = await grants.takeSignIn(tx, ticket.request, { isReplaced: true })
    if (!request) return fail('request_over')
    const { started, knownDevice } = await startSession(tx, ticket, { requester, rules, knownSecret })
    return succeed({ request, started, knownDevice })
  }

  return {
    async find(reference) {
      const request = await grants.waitingSignIn(reference)
      const screen = request && (await clients.find(request.clientId))?.metadata.custom_ui_uri
      return request && screen !== undefined ? { ...request, screen } : undefined
    },

    finishUri: ({ resumePath }, ticket) => `${publicUrl}${resumePath}/finish?ticket=${encodeURIComponent(ticket)}`,
    screenAfterReset: ({ screen, uid, clientId }) => screenUri(screen, { request: uid, client_id: clientId, type: 'login', notice: 'password_changed' }),

    async finish(reference, sealed, browser) {
      const ticket = openTicket(deps, sealed)
      if (!ticket || ticket.request !== reference) return fail('request_over')
      const { sessionId } = ticket
      if (sessionId !== null) {
        const current = await browser.session()
        const proven = await database.transaction<Result<SignInRequest, HandOverFailure>>(async (tx) => ((await stands(tx, ticket)) ? proveAgain(tx, { ...ticket, sessionId }, current, browser.requester) : fail('request_over')))
        return proven.ok ? succeed({ resumePath: proven.value.resumePath, signedIn: undefined }) : proven
      }
      const rules = (await settings.policy()).session
      const done = await database.transaction<Result<SignedInHere, HandOverFailure>>(async (tx) => ((await stands(tx, ticket)) ? signIn(tx, ticket, browser, rules) : fail('request_over')))
      if (!done.ok) return done
      const { request, started, knownDevice } = done.value
      const tokens = await sessions.issue(started)
      return tokens.ok ? succeed({ resumePath: request.resumePath, signedIn: { tokens: tokens.value, knownDevice } }) : fail('request_over')
    },
  }
}
