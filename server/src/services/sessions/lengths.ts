import type { Policy } from '../../flow/index.ts'

const DAY_MS = 24 * 60 * 60 * 1_000

export type SessionLengths = Pick<Policy['session'], 'idleDays' | 'absoluteDays'>

/** When a session that was used at this instant ends unless it is used again; milliseconds UTC. */
export function idleEnd(usedAt: number, { idleDays }: SessionLengths): number {
  return usedAt + idleDays * DAY_MS
}

/** The end that no use moves. */
export function absoluteEnd(createdAt: number, { absoluteDays }: SessionLengths): number {
  return createdAt + absoluteDays * DAY_MS
}
