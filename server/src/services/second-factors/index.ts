/**
 * Owns: what a person proves themself by after the first proof: one-time password generators, recovery codes, and browsers
 * that are spared it. Does not own: when a second factor is asked for (flow) or whether it must be (settings).
 */
export { hasFactorBeside } from './enrolled-factors.ts'
export { createSecondFactors } from './second-factors.ts'
export type { SecondFactorFailure, SecondFactorOverview, SecondFactors } from './second-factor-types.ts'
export type { DeviceTrust } from './trusted-devices.ts'
export * from './lifetimes.ts'
