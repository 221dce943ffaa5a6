import type { Step } from './step.ts'

/** Whoever has as many sessions as policy lets them is asked before earlier ones end; last of all, when everything is proven. */
export const terminateOtherSessions: Step = {
  isDone: ({ sessionsToEnd, isEndingConfirmed }) => sessionsToEnd !== null && (sessionsToEnd.count === 0 || isEndingConfirmed),
  ask(state, _policy, failure) {
    const { sessionsToEnd } = state
    if (sessionsToEnd === null) return { fact: 'sessions_to_end' }
    return { screen: { screen: 'terminate_other_sessions', flow: state.type, count: sessionsToEnd.count, sessions: sessionsToEnd.shown, failure } }
  },
  accept(state, proof) {
    if (state.sessionsToEnd === null) return proof.kind === 'sessions_to_end' ? { state: { ...state, sessionsToEnd: proof.sessions } } : undefined
    return proof.kind === 'ending_confirmed' ? { state: { ...state, isEndingConfirmed: true } } : undefined
  },
}
