import type { Clock } from '../clock.ts'
import { createExpiringMap } from '../expiring-map.ts'
import type { EndedSession } from './logout-token.ts'
import type { SignedIn } from './signed-in.ts'

/** What was ended from outside, which a cookie cannot know. Several processes of one application need one that they share. */
export interface EndedSessions {
  /** Remembers it until the instant, in milliseconds: from then on no session of before is left. */
  end(ended: EndedSession, until: number): Promise<void> | void
  hasEnded(signedIn: SignedIn): Promise<boolean> | boolean
}

const MAX_ENTRIES = 100_000

/** In the memory of this process. */
export function createEndedSessions(clock: Clock): EndedSessions {
  const ended = createExpiringMap<number>({ clock, maxEntries: MAX_ENTRIES })
  return {
    end({ subject, sessionId, endedAt }, until) {
      ended.set(sessionId === undefined ? `subject ${subject}` : `session ${sessionId}`, endedAt, until)
    },
    hasEnded({ subject, sessionId, signedInAt }) {
      if (sessionId !== undefined && ended.get(`session ${sessionId}`) !== undefined) return true
      // Whole seconds are what the token has.
      return (ended.get(`subject ${subject}`) ?? Number.NEGATIVE_INFINITY) >= Math.floor(signedInAt / 1_000) * 1_000
    },
  }
}
