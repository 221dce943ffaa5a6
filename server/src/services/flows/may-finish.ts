import type { Transaction } from 'kysely'
import type { Advance, FlowState, Policy } from '../../flow/index.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Invitations } from '../invitations/index.ts'
import type { Sessions } from '../sessions/index.ts'

type Obstacle = Extract<Advance, { next: 'refused' }>['refusal']

/** What stands in the way of a finish although everything is proven; spends the invitation when nothing does. */
export function createFinishCheck({ sessions, invitations }: { sessions: Sessions; invitations: Invitations }) {
  /** The account is held already: of two sign-ins at once the second counts the session of the first. */
  async function findSessionObstacle(tx: Transaction<Schema>, state: FlowState, rules: Policy['session']): Promise<Obstacle | undefined> {
    const userId = state.identified?.userId ?? null
    if (state.type !== 'login' || userId === null || rules.whenFull === 'end_oldest') return undefined
    const { count, through } = await sessions.sessionsToEnd(tx, userId, rules)
    if (count === 0) return undefined
    if (rules.whenFull === 'refuse') return 'too_many_sessions'
    // Only what was shown before may end: ids keep the order of sign-ins.
    const shownThrough = state.isEndingConfirmed ? (state.sessionsToEnd?.through ?? '') : ''
    return (through ?? '') <= shownThrough ? undefined : 'invalid_state'
  }

  return async function findObstacle(tx: Transaction<Schema>, state: FlowState, policy: Policy): Promise<Obstacle | undefined> {
    const obstacle = await findSessionObstacle(tx, state, policy.session)
    if (obstacle) return obstacle
    return state.invitation && !(await invitations.spend(tx, state.invitation.id)) ? 'invalid_invitation' : undefined
  }
}
