/**
 * Owns: whether what a session proved is fresh and strong enough for changing what protects its account. Does not own: the
 * proving again (flows), or which changes ask for it (the services that make them).
 */
export { createRecentProof, createSparedCheck } from './recent-proof.ts'
export type { RecentProof } from './recent-proof.ts'
export { hasUnprovenFactor } from './unproven-factor.ts'
