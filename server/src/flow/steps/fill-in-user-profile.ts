import type { Step } from './step.ts'

/**
 * What policy asks everybody to tell before their account is made. Values that the finish could not keep bring the person
 * back here: that another account has one is only told to who got as far as having an account.
 */
export const fillInUserProfile: Step = {
  isDone: (state) => state.profile !== null && state.profileFaults.length === 0,
  ask(state, policy, failure) {
    const { type: flow, identified, profile, profileFaults: faults } = state
    const refused = faults.length > 0 ? ({ code: 'unacceptable_profile', faults } as const) : null
    const attributes = policy.profile.requiredAtSignup
    return { screen: { screen: 'fill_in_user_profile', flow, displayIdentifier: identified?.display ?? '', attributes, values: profile ?? {}, failure: failure ?? refused } }
  },
  accept(state, proof) {
    if (proof.kind === 'unacceptable_profile') return { state, failure: { code: 'unacceptable_profile', faults: proof.faults } }
    return proof.kind === 'profile' ? { state: { ...state, profile: proof.values, profileFaults: [] } } : undefined
  },
}
