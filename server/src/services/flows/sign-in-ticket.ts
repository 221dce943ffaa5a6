import type { Transaction } from 'kysely'
import type { SessionId } from '../../domain/ids.ts'
import type { FlowState } from '../../flow/index.ts'
import { findUser } from '../../persistence/queries/user-account.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Sealer } from '../../platform/sealing.ts'
import type { SignInFacts } from './start-session.ts'

/** Long enough to read recovery codes that came with the finish; a browser otherwise goes on at once. */
const TICKET_TTL_MS = 5 * 60 * 1_000
const SEALING_PURPOSE = 'sign-in-ticket'

/** What a flow proved. `sessionId`: the session whose owner proved it again; null where one is to begin. */
export type ProvenSignIn = Omit<SignInFacts, 'authenticatedAt'> & { readonly sessionId: SessionId | null }

/** The same for one authorization request: good in the browser that waits for it alone, which the holder of a ticket is not. */
export interface SignInTicket extends ProvenSignIn {
  readonly request: string
  /** Milliseconds UTC. */
  readonly authenticatedAt: number
  readonly expiresAt: number
  /** Of the account when that was proven: another one, and the proof is void. */
  readonly protectionVersion: number
  /** The newest of the sessions that the person agreed to end. */
  readonly endsThrough: SessionId | null
}

export function createTickets({ clock, sealer }: { clock: Clock; sealer: Sealer }) {
  /** After everything else that the finish does: what it changes of the account is part of it. */
  return async function sealTicket(tx: Transaction<Schema>, { request, isEndingConfirmed, sessionsToEnd }: FlowState, proven: ProvenSignIn): Promise<string> {
    const user = await findUser(tx, proven.tenantId, proven.userId)
    if (request === null || !user) throw new Error('a ticket was asked for without its request or its user')
    const now = clock.now()
    const ticket: SignInTicket = {
      ...proven,
      request,
      authenticatedAt: now,
      expiresAt: now + TICKET_TTL_MS,
      protectionVersion: user.protectionVersion,
      endsThrough: isEndingConfirmed ? (sessionsToEnd?.through ?? null) : null,
    }
    return sealer.seal(SEALING_PURPOSE, JSON.stringify(ticket))
  }
}

/** Undefined for one that is none of ours, or too old. */
export function openTicket({ clock, sealer }: { clock: Clock; sealer: Sealer }, sealed: string): SignInTicket | undefined {
  const text = sealer.open(SEALING_PURPOSE, sealed)
  const ticket = text === undefined ? undefined : (JSON.parse(text) as SignInTicket)
  return ticket && ticket.expiresAt > clock.now() ? ticket : undefined
}
