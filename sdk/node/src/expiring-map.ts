import type { Clock } from './clock.ts'

export interface ExpiringMap<Value> {
  /** Undefined when it was never kept, or no longer is. */
  get(key: string): Value | undefined
  /** Keeps it until the instant, in milliseconds; the oldest one goes where there is no place left. */
  set(key: string, value: Value, until: number): void
  /** Whether the next one would drive out one that has not expired. */
  isFull(): boolean
}

const SWEEP_EVERY_MILLISECONDS = 1_000

/** A map that forgets: each entry at its instant, and the oldest ones beyond `maxEntries`. */
export function createExpiringMap<Value>({ clock, maxEntries }: { clock: Clock; maxEntries: number }): ExpiringMap<Value> {
  const entries = new Map<string, { value: Value; until: number }>()
  let sweptAt = Number.NEGATIVE_INFINITY

  function sweep(): void {
    const now = clock.now()
    if (now >= sweptAt && now - sweptAt < SWEEP_EVERY_MILLISECONDS) return
    for (const [key, { until }] of entries) if (until <= now) entries.delete(key)
    sweptAt = now
  }

  return {
    get(key) {
      const found = entries.get(key)
      return found !== undefined && found.until > clock.now() ? found.value : undefined
    },
    set(key, value, until) {
      sweep()
      entries.delete(key)
      entries.set(key, { value, until })
      const [oldest] = entries.keys()
      if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest)
    },
    isFull() {
      if (entries.size >= maxEntries) sweep()
      return entries.size >= maxEntries
    },
  }
}
