/** Instants are integer milliseconds since the epoch, UTC. Injected, so that tests move time and nothing else reads it. */
export interface Clock {
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }
