export const DAY_MS = 24 * 60 * 60 * 1_000

/** Time to notice and to act; a short grace period is reminded of in its middle. */
const REMINDER_LEAD_MS = 3 * DAY_MS

/** When the owner of an account that waits for its deletion is reminded of it. */
export function remindAtOf(requestedAt: number, deleteAt: number): number {
  return deleteAt - Math.min(REMINDER_LEAD_MS, Math.floor((deleteAt - requestedAt) / 2))
}
