/** Instants in milliseconds UTC; injected, so that tests move time. */
export interface Clock {
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }
