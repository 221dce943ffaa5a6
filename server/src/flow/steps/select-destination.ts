import { rulesToShow } from '../../domain/password-rules.ts'
import type { Step } from './step.ts'

/** Where the recovery code goes: today always the account's email, so nobody is asked. */
export const selectDestination: Step = {
  isDone: (state) => state.codeDestination !== null,
  enter(state) {
    const identified = state.identified
    if (!identified || state.codeDestination !== null) return undefined
    return {
      state: { ...state, codeDestination: identified.email ?? identified.display },
      effects: [
        {
          effect: 'send_code',
          purpose: 'account_recovery',
          channel: 'email',
          userId: identified.userId,
          destination: identified.email,
          isDecoy: identified.userId === null,
        },
      ],
    }
  },
  // Unreachable while `enter` always settles the destination; asking who it is again is the safe answer.
  ask: (state, policy, failure) => ({
    screen: {
      screen: 'identify',
      flow: state.type,
      identifications: ['email'],
      authentications: [],
      asksNewPassword: false,
      passwordRules: rulesToShow(policy.password),
      failure,
    },
  }),
  accept: () => undefined,
}
