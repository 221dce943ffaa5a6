/**
 * Owns: telling a browser that an account signed in from before, so that nobody's guesses elsewhere keep its owner out of it.
 * A new password, however it came about, makes every browser a stranger but the one that it was set in by its owner.
 * Does not own: what that is good for (lockout, limits); it lets nobody in.
 */
export { createKnownDevices } from './known-devices.ts'
export type { KnownDevice, KnownDevices } from './known-devices.ts'
