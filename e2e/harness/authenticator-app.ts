import { setTimeout as pause } from 'node:timers/promises'
import { totpCode } from '../../scripts/test-services/authenticator-app.ts'

const STEP_MS = 30_000
/** From here on to the end of a step, the code of the step before may be two steps old when it arrives. */
const LATE_MS = 10_000

export interface AuthenticatorApp {
  /** A code that was not shown before: a time step is taken once, and its neighbours are taken too. Waits when there is none. */
  nextCode(): Promise<string>
}

/** The app of a person who types faster than codes change. `key` is base32, blanks allowed. */
export function createAuthenticatorApp(key: string): AuthenticatorApp {
  let shown = 0
  return {
    async nextCode() {
      for (;;) {
        const now = Date.now()
        const [step, left] = [Math.floor(now / STEP_MS), STEP_MS - (now % STEP_MS)]
        const next = Math.max(left > LATE_MS ? step - 1 : step, shown + 1)
        if (next <= step + 1) {
          shown = next
          return totpCode(key.replaceAll(' ', ''), next * STEP_MS)
        }
        await pause(left)
      }
    },
  }
}
