/** Milliseconds that only grow, whatever happens to the wall clock: for durations, never for instants. */
export function monotonicNow(): number {
  return performance.now()
}
